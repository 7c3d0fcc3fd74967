with

education_plans as (

    select * from {{ ref('stg_ssd__personal_education_plans') }}
    where coalesce(status_code, '') <> 'CANCELLED'

),

people as (select * from {{ ref('dim_person') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

{% set plan_day = 'coalesce(education_plans.completed_date, education_plans.meeting_date)' %}

checked as (

    select
        education_plans.*,
        -- 7.13 begins with the school year; a first plan may be made in the summer before
        {{ age_in_years('people.birth_date', plan_day) }} < parameters.pep_first_age
        or people.eighteenth_birthday <= {{ plan_day }} as is_outside_school_age,
        education_plans.completed_date is not null
        and coalesce(education_plans.status_code, 'COMPLETED') = 'COMPLETED' as is_completed
    from education_plans
    cross join extract_in_force
    inner join parameters
        on {{ month_end_of('extract_in_force.as_at_date') }} = parameters.month_end
    left join people
        on education_plans.person_id = people.person_id

),

failed as (

    select
        source_row,
        completed_date < meeting_date as pep_01__pepl_completed_date,
        is_outside_school_age as pep_01__pepl_pep_date,
        is_completed and next_due_date is null as pep_01__pepl_next_due_date
    from checked

)

{{ failures_in('failed', 'ssdx_personal_education_plans') }}
