with

rows_chained as (

    select * from {{ ref('int_cp_plan_rows_chained') }}

),

people as (

    select * from {{ ref('dim_person') }}

),

-- what was known of earlier plans when the plan began stands on the row that began it
first_rows as (

    select
        chain_id,
        previous_plans,
        previous_plan_end_date
    from rows_chained
    where plan_id = chain_id

),

plans as (

    select
        chain_id as plan_id,
        min(person_id) as person_id,
        min(start_date) as start_date,
        case when count(end_date) = count(*) then max(end_date) end as end_date
    from rows_chained
    group by chain_id

)

select
    plans.plan_id,
    plans.person_id,
    first_rows.previous_plans,
    row_number() over (partition by plans.person_id order by plans.start_date) as plan_number,
    -- G25: after the 18th birthday the child has left already and nothing ceases
    plans.end_date is not null
    and coalesce(plans.end_date <= people.eighteenth_birthday, true) as is_ceasing,
    plans.start_date,
    plans.end_date,
    first_rows.previous_plan_end_date,
    lag(plans.end_date) over (
        partition by plans.person_id order by plans.start_date
    ) as earlier_plan_end_date
from plans
inner join first_rows
    on plans.plan_id = first_rows.chain_id
left join people
    on plans.person_id = people.person_id
