with

episodes as (select * from {{ ref('stg_ssd__lac_episodes') }}),

people as (select * from {{ ref('dim_person') }}),

legal_statuses as (select * from {{ ref('int_lac_episode_legal_statuses') }})

select
    episodes.episode_id,
    episodes.person_id,
    episodes.placement_id,
    legal_statuses.legal_status_code,
    episodes.start_reason_code,
    episodes.end_reason_code,
    people.birth_date,
    people.eighteenth_birthday,
    episodes.start_date,
    episodes.end_date
from episodes
inner join people
    on episodes.person_id = people.person_id
left join legal_statuses
    on episodes.episode_id = legal_statuses.episode_id
where
    -- section 7: held on behalf of another council
    not coalesce(episodes.is_other_la, false)
    and episodes.unusable_for is null
    -- section 2: episodes of zero length are dropped
    and (episodes.end_date is null or episodes.end_date > episodes.start_date)
    -- section 9: the short-break series is left out everywhere
    and coalesce(legal_statuses.legal_status_code, '') not in ('V3', 'V4')
    -- G63: an unborn child is never looked after
    and not (people.birth_date is null and people.expected_birth_date is not null)
