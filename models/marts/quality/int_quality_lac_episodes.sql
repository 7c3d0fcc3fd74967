with

episodes as (select * from {{ ref('stg_ssd__lac_episodes') }}),

legal_statuses as (select * from {{ ref('int_lac_episode_legal_statuses') }})

select
    episodes.episode_id,
    episodes.person_id,
    legal_statuses.legal_status_code,
    coalesce(legal_statuses.legal_status_code in ('V3', 'V4'), false) as is_short_break,
    episodes.start_date,
    episodes.end_date,
    coalesce(episodes.end_date, date '9999-12-31') as last_day,
    episodes.source_row
from episodes
left join legal_statuses
    on episodes.episode_id = legal_statuses.episode_id
where episodes.unusable_for is null
