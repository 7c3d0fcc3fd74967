with

episodes as (select * from {{ ref('int_lac_episodes_chained') }}),

periods as (

    select
        lac_period_id,
        min(person_id) as person_id,
        min(birth_date) as birth_date,
        min(eighteenth_birthday) as eighteenth_birthday,
        min(start_date) as start_date,
        case when count(end_date) = count(*) then max(end_date) end as end_date
    from episodes
    group by lac_period_id

),

-- the reason is from the episode that ends the period; ties: latest start, then highest id
last_episodes as (

    select
        lac_period_id,
        end_reason_code
    from episodes
    qualify
        row_number() over (
            partition by lac_period_id
            order by end_date desc nulls first, start_date desc, episode_id desc
        ) = 1

)

select
    periods.lac_period_id,
    periods.person_id,
    case when periods.end_date is not null then last_episodes.end_reason_code end
        as end_reason_code,
    -- G25: after the 18th birthday the child has left already and nothing ceases
    periods.end_date is not null
    and coalesce(periods.end_date <= periods.eighteenth_birthday, true) as is_ceasing,
    periods.birth_date,
    periods.eighteenth_birthday,
    periods.start_date,
    periods.end_date
from periods
inner join last_episodes
    on periods.lac_period_id = last_episodes.lac_period_id
