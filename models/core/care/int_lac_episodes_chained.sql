with

episodes as (select * from {{ ref('int_lac_episodes_usable') }}),

-- section 9: an episode that starts on or before the day care last ended continues that period
marked as (

    select
        *,
        max(coalesce(end_date, date '9999-12-31')) over (
            partition by person_id
            order by start_date, episode_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_so_far
    from episodes

),

chained as (

    select
        *,
        sum(case when latest_end_so_far is null or start_date > latest_end_so_far then 1 else 0 end)
            over (
                partition by person_id
                order by start_date, episode_id
                rows between unbounded preceding and current row
            ) as period_number
    from marked

)

select
    episode_id,
    person_id,
    first_value(episode_id) over (
        partition by person_id, period_number
        order by start_date, episode_id
        rows between unbounded preceding and unbounded following
    ) as lac_period_id,
    placement_id,
    legal_status_code,
    start_reason_code,
    end_reason_code,
    birth_date,
    eighteenth_birthday,
    start_date,
    end_date
from chained
