with

plans as (

    {{ with_surviving_person(ref('stg_ssd__pathway_plans'), ref('int_people_merged')) }}

)

select
    plan_id,
    surviving_person_id as person_id,
    start_date,
    end_date
from plans
where
    -- G23: no start; G22: ended before it started
    start_date is not null
    and (end_date is null or end_date >= start_date)
