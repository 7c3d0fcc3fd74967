with

reviews as (

    {{ with_surviving_person(ref('stg_ssd__cp_reviews'), ref('int_people_merged')) }}

),

held as (

    select
        conference_id,
        surviving_person_id as person_id,
        plan_id as recorded_plan_id,
        held_date
    from reviews
    where
        held_date is not null
        and coalesce(status_code, 'HELD') not in ('PLANNED', 'CANCELLED')

),

plan_rows as (

    select
        plan_id,
        chain_id
    from {{ ref('int_cp_plan_rows_chained') }}

),

plans as (select * from {{ ref('fct_cp_plans') }}),

-- G64: a recorded id gives the merged plan; an unknown id drops the review. Without an id it is the
-- child's plan on that day.
with_plan as (

    select
        held.conference_id,
        held.person_id,
        plans.plan_id,
        plans.start_date as plan_start_date,
        held.held_date
    from held
    left join plan_rows
        on held.recorded_plan_id = plan_rows.plan_id
    inner join plans
        on
            (
                plan_rows.chain_id = plans.plan_id
                or (held.recorded_plan_id is null and held.person_id = plans.person_id)
            )
            -- G52: held while the plan was open or on the day it ended
            and held.held_date >= plans.start_date
            and (plans.end_date is null or held.held_date <= plans.end_date)

)

select
    conference_id,
    person_id,
    plan_id,
    plan_start_date,
    lag(held_date) over (
        partition by plan_id order by held_date, conference_id
    ) as previous_held_date,
    held_date
from with_plan
