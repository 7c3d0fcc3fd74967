with

plans as (

    {% for plan_type, model in {
        'CIN': ref('fct_cin_plans'),
        'CARE': ref('fct_care_plans'),
        'PATHWAY': ref('fct_pathway_plans'),
    }.items() %}
        select
            '{{ plan_type }}' as plan_type_code,
            plan_id,
            person_id,
            start_date,
            end_date
        from {{ model }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

months as (select * from {{ ref('int_reporting_months') }}),

reviews as (select * from {{ ref('stg_ssd__plan_reviews') }} where unusable_for is null),

activities as (

    select
        plan_type_code || '|' || plan_id as plan_key,
        start_date as activity_date
    from plans
    union
    select
        plan_type_code || '|' || plan_id as plan_key,
        reviewed_date as activity_date
    from reviews

),

open_plans as (

    select
        plans.plan_type_code,
        plans.plan_id,
        plans.plan_type_code || '|' || plans.plan_id as plan_key,
        plans.person_id,
        months.month_end,
        plans.start_date
    from plans
    inner join months
        on {{ is_open_at('plans.start_date', 'plans.end_date', 'months.month_end') }}

),

latest as (

    {{ latest_on_or_before('open_plans', 'month_end', 'activities', 'activity_date', 'plan_key') }}

)

select
    open_plans.plan_type_code,
    open_plans.plan_id,
    open_plans.person_id,
    open_plans.month_end,
    -- section 17: a review before the plan began is not activity on it
    greatest(open_plans.start_date, latest.latest_date) as last_activity_date
from open_plans
inner join latest
    on
        open_plans.plan_key = latest.plan_key
        and open_plans.month_end = latest.month_end
