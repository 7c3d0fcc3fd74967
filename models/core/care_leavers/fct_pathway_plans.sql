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
where {{ is_usable('pathway_plans') }}
