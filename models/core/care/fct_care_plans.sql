with

plans as (select * from {{ ref('stg_ssd__care_plans') }})

select
    plan_id,
    person_id,
    permanence_code,
    start_date,
    end_date
from plans
where unusable_for is null
