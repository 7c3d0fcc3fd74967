{# Rules about legal statuses: alone, in an episode, and of short breaks. #}
with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

statuses as (select * from {{ ref('stg_ssd__legal_statuses') }} where unusable_for is null),

episode_rows as (

    select * from {{ ref('stg_ssd__lac_episodes') }}
    where unusable_for is null and not coalesce(is_other_la, false)

),

counted_episodes as (select * from {{ ref('fct_lac_episodes') }}),

people as (select * from {{ ref('dim_person') }}),

people_with_status as (

    select distinct statuses.person_id
    from statuses
    cross join extract_in_force
    where
        {{ is_open_at('statuses.start_date', 'statuses.end_date', 'extract_in_force.as_at_date') }}

),

compared as (

    select
        *,
        lag(episode_id) over period_order is not null
        and lag(end_date) over period_order = start_date as follows_at_once,
        legal_status_code = lag(legal_status_code) over period_order as is_same_status,
        -- a new id for the same carer and type is not a move
        case
            when placement_id = lag(placement_id) over period_order then true
            when
                carer_id = lag(carer_id) over period_order
                and placement_type_code = lag(placement_type_code) over period_order
                then true
            when placement_id <> lag(placement_id) over period_order then false
        end as is_same_placement
    from counted_episodes
    window period_order as (partition by lac_period_id order by start_date, episode_id)

),

episodes_checked as (

    select
        episode_rows.source_row,
        compared.legal_status_code,
        compared.placement_type_code,
        compared.follows_at_once
        and case compared.start_reason_code
            when 'L' then compared.is_same_status or not compared.is_same_placement
            when 'P' then compared.is_same_placement or not compared.is_same_status
            when 'B' then compared.is_same_status or compared.is_same_placement
        end as is_reason_unmatched,
        {{ is_open_at('compared.start_date', 'compared.end_date', 'extract_in_force.as_at_date') }}
        and coalesce(people.eighteenth_birthday > extract_in_force.as_at_date, true)
        and episode_rows.legal_status_code is null
        and people_with_status.person_id is null as is_without_status
    from compared
    inner join episode_rows
        on compared.episode_id = episode_rows.episode_id
    cross join extract_in_force
    left join people
        on compared.person_id = people.person_id
    left join people_with_status
        on compared.person_id = people_with_status.person_id

),

statuses_checked as (

    select
        statuses.source_row,
        statuses.legal_status_code,
        {{ days_between(
            'statuses.start_date', 'coalesce(statuses.end_date, extract_in_force.as_at_date)'
        ) }} as days_open,
        {{ birthday('people.birth_date', 10) }} > statuses.start_date as is_under_ten
    from statuses
    cross join extract_in_force
    left join people
        on statuses.person_id = people.person_id

),

episodes_failed as (

    select
        source_row,
        legal_status_code = 'V2' and placement_type_code = 'P1' as lac_10__x_clae_legal_status_code,
        is_reason_unmatched as lac_13__clae_cla_episode_start_reason,
        is_without_status as lac_16__x_clae_legal_status_code
    from episodes_checked

),

-- 72 hours are taken as three days, because the time of day is not kept
statuses_failed as (

    select
        source_row,
        (legal_status_code = 'L1' and days_open > 3)
        or (legal_status_code = 'L2' and days_open > 21)
        or (legal_status_code = 'L3' and days_open > 7)
            as lac_12__lega_legal_status_end_date,
        legal_status_code in ('J1', 'J2', 'J3') and is_under_ten as lac_17__lega_legal_status
    from statuses_checked

)

{{ failures_in('episodes_failed', 'ssd_cla_episodes') }}
union all
{{ failures_in('statuses_failed', 'ssd_legal_status') }}
