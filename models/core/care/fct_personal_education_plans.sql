with

plans as (select * from {{ ref('stg_ssd__personal_education_plans') }})

select
    pep_id,
    person_id,
    completed_date
from plans
where
    -- entities: completed, or dated as completed without a status; a draft does not count
    completed_date is not null
    and coalesce(status_code, 'COMPLETED') = 'COMPLETED'
