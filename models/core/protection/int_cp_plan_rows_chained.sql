with

plans as (select * from {{ ref('stg_ssd__cp_plans') }}),

usable as (

    select
        plan_id,
        person_id,
        -- rows without a person are not chained
        coalesce('person ' || person_id, 'plan ' || plan_id) as chain_key,
        previous_plans,
        start_date,
        end_date,
        previous_plan_end_date
    from plans
    where
        -- section 7: held on behalf of another council
        not coalesce(is_other_la, false)
        and unusable_for is null
        -- section 2: plans of zero length are dropped
        and (end_date is null or end_date > start_date)

),

-- section 8: plans that overlap, or start on the day the last ended, are one plan
marked as (

    select
        *,
        max(coalesce(end_date, date '9999-12-31')) over (
            partition by chain_key
            order by start_date, plan_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_so_far
    from usable

),

chained as (

    select
        *,
        sum(case when latest_end_so_far is null or start_date > latest_end_so_far then 1 else 0 end)
            over (
                partition by chain_key
                order by start_date, plan_id
                rows between unbounded preceding and current row
            ) as chain_number
    from marked

)

select
    plan_id,
    person_id,
    first_value(plan_id) over (
        partition by chain_key, chain_number
        order by start_date, plan_id
        rows between unbounded preceding and unbounded following
    ) as chain_id,
    previous_plans,
    start_date,
    end_date,
    previous_plan_end_date
from chained
