with

plans as (

    {{ with_surviving_person(ref('stg_ssd__care_plans'), ref('int_people_merged')) }}

)

select
    plan_id,
    surviving_person_id as person_id,
    permanence_code,
    start_date,
    end_date
from plans
where {{ is_usable('care_plans') }}
