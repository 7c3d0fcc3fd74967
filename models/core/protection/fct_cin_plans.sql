with

plans as (

    {{ with_surviving_person(ref('stg_ssd__cin_plans'), ref('int_people_merged')) }}

)

select
    plan_id,
    surviving_person_id as person_id,
    referral_id,
    team_id,
    start_date,
    end_date
from plans
where {{ is_usable('cin_plans') }}
