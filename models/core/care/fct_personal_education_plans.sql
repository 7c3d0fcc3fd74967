with

plans as (

    {{ with_surviving_person(ref('stg_ssd__personal_education_plans'), ref('int_people_merged')) }}

)

select
    pep_id,
    surviving_person_id as person_id,
    completed_date
from plans
where
    -- entities: completed, or dated as completed without a status; a draft does not count
    completed_date is not null
    and coalesce(status_code, 'COMPLETED') = 'COMPLETED'
