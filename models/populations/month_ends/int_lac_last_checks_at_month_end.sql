with

looked_after as (select * from {{ ref('int_looked_after_at_month_end') }}),

health_assessments as (

    select
        person_id,
        check_date
    from {{ ref('fct_health_checks') }}
    where check_type_code = 'HEALTH_ASSESSMENT' and is_completed

),

dental_checks as (

    select
        person_id,
        check_date
    from {{ ref('fct_health_checks') }}
    where check_type_code = 'DENTAL' and is_completed

),

education_plans as (

    select
        person_id,
        completed_date
    from {{ ref('fct_personal_education_plans') }}

),

visits as (

    select
        person_id,
        visit_date
    from {{ ref('fct_lac_visits') }}
    where was_child_seen

),

last_health_assessments as (

    {{ latest_on_or_before('looked_after', 'month_end', 'health_assessments', 'check_date') }}

),

last_dental_checks as (

    {{ latest_on_or_before('looked_after', 'month_end', 'dental_checks', 'check_date') }}

),

last_education_plans as (

    {{ latest_on_or_before('looked_after', 'month_end', 'education_plans', 'completed_date') }}

),

last_visits as (

    {{ latest_on_or_before('looked_after', 'month_end', 'visits', 'visit_date') }}

)

select
    looked_after.person_id,
    looked_after.month_end,
    last_health_assessments.latest_date as last_health_assessment_date,
    last_dental_checks.latest_date as last_dental_check_date,
    last_education_plans.latest_date as last_education_plan_date,
    last_visits.latest_date as last_seen_date
from looked_after
left join last_health_assessments
    on
        looked_after.person_id = last_health_assessments.person_id
        and looked_after.month_end = last_health_assessments.month_end
left join last_dental_checks
    on
        looked_after.person_id = last_dental_checks.person_id
        and looked_after.month_end = last_dental_checks.month_end
left join last_education_plans
    on
        looked_after.person_id = last_education_plans.person_id
        and looked_after.month_end = last_education_plans.month_end
left join last_visits
    on
        looked_after.person_id = last_visits.person_id
        and looked_after.month_end = last_visits.month_end
