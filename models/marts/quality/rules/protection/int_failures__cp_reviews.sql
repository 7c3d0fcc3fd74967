with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

-- without a plans table no review could have a plan; BAT-02 already reports that
table_of_plans as (

    select has_rows from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_cp_plans'

),

table_of_reviews as (

    select history_from from {{ ref('stg_landing__extract_tables') }}
    where table_name = 'ssd_cp_reviews'

),

reviews as (

    select * from {{ ref('stg_ssd__cp_reviews') }}
    where coalesce(status_code, '') <> 'CANCELLED'

),

plans as (select * from {{ ref('int_cp_plans_of_rows') }}),

counted_reviews as (select * from {{ ref('fct_review_conferences') }}),

parameters as (

    select in_force.*
    from {{ ref('int_parameters_by_month') }} as in_force
    inner join extract_in_force
        on in_force.month_end = {{ month_end_of('extract_in_force.as_at_date') }}

),

-- reviews that do not name their plan are looked up by date
within_plans as (

    select
        reviews.source_row,
        bool_or(
            reviews.held_date > plans.start_date
            and reviews.held_date <= coalesce(plans.end_date, date '9999-12-31')
        ) as is_within_plan
    from reviews
    inner join plans
        on reviews.person_id = plans.person_id
    where reviews.plan_id is null
    group by reviews.source_row

),

last_reviews as (

    select
        plan_id,
        max(held_date) as held_date
    from counted_reviews
    group by plan_id

),

-- of the future reviews under an open plan, only the first has a due date we calculate
next_reviews as (

    select
        reviews.source_row,
        plans.start_date as plan_start_date,
        last_reviews.held_date as previous_held_date
    from reviews
    inner join plans
        on reviews.plan_id = plans.plan_id
    left join last_reviews
        on plans.merged_plan_id = last_reviews.plan_id
    where
        reviews.held_date is null
        and plans.end_date is null
        and reviews.due_date > coalesce(last_reviews.held_date, plans.start_date)
    qualify
        row_number() over (
            partition by plans.merged_plan_id order by reviews.due_date, reviews.conference_id
        ) = 1

),

{% set first_months = 'cast(parameters.rcpc_first_months as integer)' %}
{% set next_months = 'cast(parameters.rcpc_next_months as integer)' %}
{% set plan_start = 'coalesce(counted_reviews.plan_start_date, next_reviews.plan_start_date)' %}
{% set previous = 'coalesce(counted_reviews.previous_held_date, next_reviews.previous_held_date)' %}

checked as (

    select
        reviews.source_row,
        reviews.held_date,
        reviews.due_date,
        reviews.is_plan_continued,
        reviews.held_date is not null and coalesce(reviews.status_code, 'HELD') = 'HELD' as is_held,
        case
            when reviews.plan_id is not null
                then reviews.held_date <= plans.start_date or reviews.held_date > plans.end_date
            else
                reviews.person_id is not null
                and table_of_plans.has_rows
                and not coalesce(within_plans.is_within_plan, false)
        end as is_outside_plan,
        case
            when {{ previous }} is not null then {{ add_months(previous, next_months) }}
            -- under an older plan, the first review held may not be its first
            when coalesce(table_of_reviews.history_from <= {{ plan_start }}, true)
                then {{ add_months(plan_start, first_months) }}
        end as our_due_date
    from reviews
    cross join table_of_plans
    cross join table_of_reviews
    cross join parameters
    left join plans
        on reviews.plan_id = plans.plan_id
    left join within_plans
        on reviews.source_row = within_plans.source_row
    left join counted_reviews
        on reviews.conference_id = counted_reviews.conference_id
    left join next_reviews
        on reviews.source_row = next_reviews.source_row

),

failed as (

    select
        source_row,
        is_held and is_outside_plan as cpr_01__cppr_cp_review_date,
        held_date is null and is_plan_continued is not null as cpr_02__cppr_cp_review_date,
        due_date <> our_due_date as cpr_03__cppr_cp_review_due
    from checked

)

{{ failures_in('failed', 'ssd_cp_reviews') }}
