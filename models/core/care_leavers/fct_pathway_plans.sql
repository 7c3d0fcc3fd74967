with

plans as (select * from {{ ref('stg_ssd__pathway_plans') }})

select
    plan_id,
    person_id,
    start_date,
    end_date
from plans
where unusable_for is null
