with

rows_chained as (select * from {{ ref('int_cp_plan_rows_chained') }}),

people as (select * from {{ ref('dim_person') }}),

plans as (

    select
        chain_id as plan_id,
        min(person_id) as person_id,
        min(start_date) as start_date,
        case when count(end_date) = count(*) then max(end_date) end as end_date
    from rows_chained
    group by chain_id

),

-- what was known of earlier plans when the plan began is on the rows for its first day
known_at_start as (

    select
        plans.plan_id,
        max(rows_chained.previous_plans) as previous_plans,
        -- G52: from an earlier plan, so before this one began
        max(rows_chained.previous_plan_end_date) filter (
            where rows_chained.previous_plan_end_date < plans.start_date
        ) as previous_plan_end_date
    from plans
    inner join rows_chained
        on
            plans.plan_id = rows_chained.chain_id
            and plans.start_date = rows_chained.start_date
    group by plans.plan_id

)

select
    plans.plan_id,
    plans.person_id,
    known_at_start.previous_plans,
    case
        when plans.person_id is null then 1
        else row_number() over (partition by plans.person_id order by plans.start_date)
    end as plan_number,
    -- G25: after the 18th birthday the child has left already and nothing ceases
    plans.end_date is not null
    and coalesce(plans.end_date <= people.eighteenth_birthday, true) as is_ceasing,
    plans.start_date,
    plans.end_date,
    known_at_start.previous_plan_end_date,
    case
        when plans.person_id is not null
            then lag(plans.end_date) over (
                partition by plans.person_id order by plans.start_date
            )
    end as earlier_plan_end_date
from plans
inner join known_at_start
    on plans.plan_id = known_at_start.plan_id
left join people
    on plans.person_id = people.person_id
