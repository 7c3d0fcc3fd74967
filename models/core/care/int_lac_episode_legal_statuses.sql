with

episodes as (select * from {{ ref('stg_ssd__lac_episodes') }}),

spells as (select * from {{ ref('stg_ssd__legal_statuses') }} where unusable_for is null),

-- entities: the episode's own code, otherwise the legal status spell open on its first day
open_on_start as (

    select
        episodes.episode_id,
        spells.legal_status_code
    from episodes
    inner join spells
        on
            episodes.person_id = spells.person_id
            and {{ is_open_at('spells.start_date', 'spells.end_date', 'episodes.start_date') }}
    where episodes.legal_status_code is null
    qualify row_number() over (
        partition by episodes.episode_id
        order by spells.start_date desc, spells.legal_status_id desc
    ) = 1

)

select
    episodes.episode_id,
    coalesce(episodes.legal_status_code, open_on_start.legal_status_code) as legal_status_code
from episodes
left join open_on_start on episodes.episode_id = open_on_start.episode_id
