with

county as (

    select * from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability in ('available', 'no_denominator')

),

plans as (

    select * from {{ ref('fct_cp_plans') }}

),

people as (

    select * from {{ ref('dim_person') }}

),

months as (

    select
        month_end,
        max(case when indicator_ref = '6.1' then numerator end) as on_plans,
        max(case when indicator_ref = '6.6' then numerator end) as started,
        max(case when indicator_ref = '6.11a' then numerator end) as ended
    from county
    group by month_end

),

-- plans that change a flow and not the stock, or the stock and no flow
uneven_moves as (

    -- G25: a child who turns 18 with no end by that day leaves the stock and does not cease
    select
        {{ month_end_of('people.eighteenth_birthday') }} as month_end,
        -1 as moved
    from plans
    inner join people
        on plans.person_id = people.person_id
    where
        plans.start_date < people.eighteenth_birthday
        and (plans.end_date is null or plans.end_date > people.eighteenth_birthday)
    union all
    -- G63: a plan that starts at 18 or later counts as a start on its date
    select
        {{ month_end_of('plans.start_date') }} as month_end,
        -1 as moved
    from plans
    inner join people
        on plans.person_id = people.person_id
    where plans.start_date >= people.eighteenth_birthday
    union all
    -- 6.1 counts people, and a plan without a known person is not one
    select
        {{ month_end_of('start_date') }} as month_end,
        -1 as moved
    from plans
    where person_id is null
    union all
    select
        {{ month_end_of('end_date') }} as month_end,
        1 as moved
    from plans
    where person_id is null and is_ceasing

),

uneven as (

    select
        month_end,
        sum(moved) as moved
    from uneven_moves
    group by month_end

),

followed as (

    select
        months.month_end,
        months.on_plans,
        lag(months.on_plans) over (order by months.month_end)
        + months.started
        - months.ended
        + coalesce(uneven.moved, 0) as expected
    from months
    left join uneven
        on months.month_end = uneven.month_end

)

select *
from followed
where on_plans <> expected
