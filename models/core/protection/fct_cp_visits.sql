with

visits as (select * from {{ ref('stg_ssd__cp_visits') }})

select
    visit_id,
    person_id,
    plan_id,
    -- MD3: with a blank flag the child was not seen
    coalesce(was_child_seen, false) as was_child_seen,
    visit_date,
    recorded_date
from visits
where unusable_for is null
