{# Rules about the sequence of a child's episodes, and about their dates and reasons. #}
with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

episodes as (select * from {{ ref('stg_ssd__lac_episodes') }} where unusable_for is null),

people as (select * from {{ ref('dim_person') }}),

counted_episodes as (

    select
        episode_id,
        person_id
    from {{ ref('int_lac_episodes_chained') }}

),

-- our own episodes of at least a day that are not short breaks (section 9)
in_order as (

    select
        episodes.source_row,
        lag(episodes.source_row) over child_order is not null as has_previous,
        lag(episodes.end_date) over child_order as previous_end_date,
        lag(episodes.end_reason_code) over child_order as previous_end_reason_code,
        lead(episodes.start_date) over child_order as next_start_date,
        lead(episodes.start_reason_code) over child_order as next_start_reason_code,
        max(episodes.end_date) over earlier as latest_end_so_far,
        bool_or(episodes.end_reason_code in ('E2', 'E15')) over earlier as follows_last_end
    from episodes
    inner join counted_episodes
        on episodes.episode_id = counted_episodes.episode_id
    window
        child_order as (
            partition by counted_episodes.person_id
            order by episodes.start_date, episodes.episode_id
        ),
        earlier as (
            partition by counted_episodes.person_id
            order by episodes.start_date, episodes.episode_id
            rows between unbounded preceding and 1 preceding
        )

),

checked as (

    select
        episodes.*,
        in_order.has_previous,
        in_order.previous_end_date,
        in_order.previous_end_reason_code,
        in_order.next_start_date,
        in_order.next_start_reason_code,
        in_order.latest_end_so_far,
        in_order.follows_last_end,
        not coalesce(episodes.is_other_la, false) as is_own,
        episodes.start_reason_code in ('L', 'P', 'T', 'B', 'U') as is_continuation,
        coalesce(episodes.end_date, date '9999-12-31') as open_until,
        people.death_date,
        people.eighteenth_birthday,
        {{ birthday('people.birth_date', 16) }} as sixteenth_birthday,
        {{ birthday('people.birth_date', 14) }} as fourteenth_birthday,
        first_value(episodes.person_id) over (
            partition by episodes.period_of_care_id
            order by episodes.start_date, episodes.episode_id
        ) as first_person_id,
        extract_in_force.as_at_date
    from episodes
    cross join extract_in_force
    left join in_order
        on episodes.source_row = in_order.source_row
    left join people
        on episodes.person_id = people.person_id

),

-- LAC-09, whatever the legal status: section 9 counts nobody from the 18th birthday
failed as (

    select
        source_row,
        is_own and end_date = start_date as lac_03__clae_cla_episode_ceased_date,
        is_own and end_date is not null and end_reason_code is null
            as lac_04__clae_cla_episode_ceased_reason,
        is_own and end_date is null and end_reason_code is not null
            as lac_04__clae_cla_episode_ceased_date,
        has_previous and previous_end_date is null as lac_05__clae_cla_episode_start_date,
        start_date < latest_end_so_far and previous_end_date is not null
            as lac_06__clae_cla_episode_start_date,
        has_previous is not null
        and end_reason_code = 'X1'
        and end_date is not null
        and (
            next_start_date is null
            or (next_start_date > end_date and coalesce(next_start_reason_code, 'S') = 'S')
        ) as lac_07__clae_cla_episode_ceased_reason,
        (start_reason_code = 'S' and start_date = previous_end_date)
        or (
            is_continuation and start_date >= previous_end_date and previous_end_reason_code <> 'X1'
        ) as lac_07__clae_cla_episode_start_reason,
        is_continuation
        and start_date > previous_end_date
        and coalesce(previous_end_reason_code, 'X1') = 'X1'
            as lac_07__clae_cla_episode_start_date,
        not has_previous and start_reason_code <> 'S' as lac_08__clae_cla_episode_start_reason,
        is_own
        and (start_date >= eighteenth_birthday or start_date > death_date or follows_last_end)
            as lac_09__clae_cla_episode_start_date,
        is_own
        and (
            (
                eighteenth_birthday > start_date
                and eighteenth_birthday <= as_at_date
                and open_until > eighteenth_birthday
            )
            or (death_date >= start_date and open_until > death_date)
        ) as lac_09__clae_cla_episode_ceased_date,
        is_own
        and (
            (
                end_reason_code in ('E11', 'E12', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48')
                and end_date >= eighteenth_birthday
            )
            or (end_reason_code = 'E7' and end_date < sixteenth_birthday)
            or (end_reason_code in ('E5', 'E6') and end_date < fourteenth_birthday)
        ) as lac_14__clae_cla_episode_ceased_reason,
        period_of_care_id is not null and person_id <> first_person_id
            as lac_15__clae_cla_id
    from checked

)

{{ failures_in('failed', 'ssd_cla_episodes') }}
