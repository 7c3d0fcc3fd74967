with

visits as (

    {{ with_surviving_person(ref('stg_ssd__cp_visits'), ref('int_people_merged')) }}

)

select
    visit_id,
    surviving_person_id as person_id,
    plan_id,
    -- MD3: with a blank flag the child was not seen
    coalesce(was_child_seen, false) as was_child_seen,
    visit_date,
    recorded_date
from visits
where {{ is_usable('cp_visits') }}
