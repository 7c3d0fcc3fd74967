with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

episodes as (

    select * from {{ ref('stg_ssd__lac_episodes') }}
    where unusable_for is null and not coalesce(is_other_la, false)

),

legal_statuses as (select * from {{ ref('int_lac_episode_legal_statuses') }}),

placements as (select * from {{ ref('int_placements_of_people') }}),

short_breaks as (

    select
        episodes.episode_id,
        episodes.placement_id,
        episodes.person_id,
        episodes.start_reason_code,
        legal_statuses.legal_status_code,
        {{ days_between(
            'episodes.start_date', 'coalesce(episodes.end_date, extract_in_force.as_at_date)'
        ) }} as days_long,
        episodes.start_date,
        episodes.source_row
    from episodes
    cross join extract_in_force
    inner join legal_statuses
        on episodes.episode_id = legal_statuses.episode_id
    where legal_statuses.legal_status_code in ('V3', 'V4')

),

-- the placement that the episode names, or else the child's placement on its first day
unsuitably_placed as (

    select distinct short_breaks.source_row
    from short_breaks
    inner join placements
        on short_breaks.person_id = placements.person_id
    where
        (placements.is_temporary or placements.placement_type_code in ('U1', 'U4'))
        and case
            when short_breaks.placement_id is not null
                then short_breaks.placement_id = placements.placement_id
            else
                {{ is_open_at(
                    'placements.start_date', 'placements.end_date', 'short_breaks.start_date'
                ) }}
        end

),

checked as (

    select
        short_breaks.*,
        unsuitably_placed.source_row is not null as is_unsuitably_placed,
        sum(short_breaks.days_long) over (
            partition by short_breaks.person_id
            order by short_breaks.start_date
            range between interval 12 month preceding and current row
        ) as days_in_year,
        lag(short_breaks.legal_status_code) over (
            partition by short_breaks.person_id
            order by short_breaks.start_date, short_breaks.episode_id
        ) as previous_status_code
    from short_breaks
    left join unsuitably_placed
        on short_breaks.source_row = unsuitably_placed.source_row

),

failed as (

    select
        source_row,
        days_long > 17 or days_in_year > 75 as lac_11__clae_cla_episode_ceased_date,
        start_reason_code in ('P', 'T', 'B', 'U') as lac_11__clae_cla_episode_start_reason,
        legal_status_code <> previous_status_code as lac_11__x_clae_legal_status_code,
        is_unsuitably_placed as lac_11__clae_cla_placement_id
    from checked

)

{{ failures_in('failed', 'ssd_cla_episodes') }}
