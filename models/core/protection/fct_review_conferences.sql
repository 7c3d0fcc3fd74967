with

reviews as (select * from {{ ref('stg_ssd__cp_reviews') }}),

held as (

    select
        conference_id,
        person_id,
        plan_id as recorded_plan_id,
        held_date
    from reviews
    where
        held_date is not null
        and coalesce(status_code, 'HELD') not in ('PLANNED', 'CANCELLED')

),

plans as (select * from {{ ref('fct_cp_plans') }}),

-- G64: a recorded id gives the merged plan; an unknown id drops the review. Without an id it is the
-- child's plan on that day.
of_recorded_plan as (

    select
        held.conference_id,
        held.person_id,
        held.held_date,
        plan_rows.chain_id as plan_id
    from held
    inner join {{ ref('int_cp_plan_rows_chained') }} as plan_rows
        on held.recorded_plan_id = plan_rows.plan_id

),

of_some_plan as (

    select
        held.conference_id,
        held.person_id,
        held.held_date,
        plans.plan_id
    from held
    inner join plans
        on held.person_id = plans.person_id
    where held.recorded_plan_id is null
    union all
    select * from of_recorded_plan

),

-- G52: held while the plan was open or on the day it ended
with_plan as (

    select
        of_some_plan.*,
        plans.start_date as plan_start_date
    from of_some_plan
    inner join plans
        on of_some_plan.plan_id = plans.plan_id
    where
        of_some_plan.held_date >= plans.start_date
        and (plans.end_date is null or of_some_plan.held_date <= plans.end_date)

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
