with

reviews as (select * from {{ ref('stg_ssd__lac_reviews') }} where unusable_for is null),

periods as (select * from {{ ref('fct_lac_periods') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

table_of_reviews as (

    select max(history_from) as history_from
    from {{ ref('stg_landing__extract_tables') }}
    where table_name = 'ssd_cla_reviews'

),

-- held or still to come; cancelled reviews are not in the sequence
reviews_of_interest as (

    select
        review_id,
        person_id,
        due_date,
        held_date is not null and coalesce(status_code, 'HELD') <> 'PLANNED' as is_held,
        coalesce(held_date, due_date) as review_day,
        source_row
    from reviews
    where not coalesce(is_cancelled, false) and coalesce(status_code, '') <> 'CANCELLED'

),

in_order as (

    select
        reviews_of_interest.review_id,
        reviews_of_interest.due_date,
        reviews_of_interest.source_row,
        periods.start_date,
        count(*) filter (where reviews_of_interest.is_held) over before as reviews_before,
        max(reviews_of_interest.review_day) filter (where reviews_of_interest.is_held) over before
            as last_held_date,
        coalesce(lag(reviews_of_interest.is_held) over in_period, true) as follows_held
    from reviews_of_interest
    inner join periods
        on
            reviews_of_interest.person_id = periods.person_id
            and reviews_of_interest.review_day >= periods.start_date
            and reviews_of_interest.review_day <= coalesce(periods.end_date, date '9999-12-31')
    window
        in_period as (
            partition by periods.lac_period_id
            order by reviews_of_interest.review_day, reviews_of_interest.review_id
        ),
        before as (
            partition by periods.lac_period_id
            order by reviews_of_interest.review_day, reviews_of_interest.review_id
            rows between unbounded preceding and 1 preceding
        )

),

{% set second_months = 'cast(parameters.lac_review_second_months as integer)' %}
{% set next_months = 'cast(parameters.lac_review_next_months as integer)' %}

checked as (

    select
        in_order.source_row,
        in_order.due_date,
        -- the previous review, or the start of care
        coalesce(in_order.last_held_date, in_order.start_date) as counted_from,
        case
            -- care began before the earliest review held, so the first is not known
            when in_order.start_date < table_of_reviews.history_from
                then {{ add_months('in_order.last_held_date', next_months) }}
            when in_order.reviews_before = 0 then first_due.calendar_date
            when in_order.reviews_before = 1
                then {{ add_months('in_order.last_held_date', second_months) }}
            else {{ add_months('in_order.last_held_date', next_months) }}
        end as latest_due_date
    from in_order
    cross join extract_in_force
    cross join table_of_reviews
    inner join parameters
        on {{ month_end_of('extract_in_force.as_at_date') }} = parameters.month_end
    left join calendar as start_day
        on in_order.start_date = start_day.calendar_date
    left join calendar as first_due
        on
            first_due.is_working_day
            and start_day.working_day_number + parameters.lac_review_first_wd
            = first_due.working_day_number
    -- of several that are still to come only the next one has a limit
    where in_order.follows_held

),

-- An appointment before the limit is good practice: a due date that differs is one past the limit,
-- or one that the previous review has overtaken.
failed as (

    select
        source_row,
        due_date > latest_due_date or due_date < counted_from as lrv_06__clar_cla_review_due_date
    from checked

)

{{ failures_in('failed', 'ssd_cla_reviews') }}
