with

education_plans as (

    select * from {{ ref('stg_ssd__personal_education_plans') }}
    where coalesce(status_code, '') <> 'CANCELLED'

),

people as (select * from {{ ref('dim_person') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

{% set plan_day = 'coalesce(education_plans.completed_date, education_plans.meeting_date)' %}

failed as (

    select
        education_plans.source_row,
        education_plans.completed_date < education_plans.meeting_date
            as pep_01__pepl_completed_date,
        -- 7.13 begins with the school year; a first plan may be made in the summer before
        {{ age_in_years('people.birth_date', plan_day) }} < parameters.pep_first_age
        or people.eighteenth_birthday <= {{ plan_day }} as pep_01__pepl_pep_date,
        education_plans.completed_date is not null
        and coalesce(education_plans.status_code, 'COMPLETED') = 'COMPLETED'
        and education_plans.next_due_date is null as pep_01__pepl_next_due_date
    from education_plans
    cross join extract_in_force
    inner join parameters
        on {{ month_end_of('extract_in_force.as_at_date') }} = parameters.month_end
    left join people
        on education_plans.person_id = people.person_id

)

{{ failures_in('failed', 'ssdx_personal_education_plans') }}
