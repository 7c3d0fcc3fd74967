with

placements as (select * from {{ ref('stg_ssd__placements') }} where unusable_for is null),

episode_people as (

    select
        placement_id,
        min_by(person_id, recorded_person_id) as person_id
    from {{ ref('stg_ssd__lac_episodes') }}
    where placement_id is not null
    group by placement_id

)

-- in some systems the child of a placement is known only through the episode
select
    placements.placement_id,
    coalesce(placements.person_id, episode_people.person_id) as person_id,
    placements.carer_id,
    placements.placement_type_code,
    placements.provider_code,
    placements.change_reason_code,
    placements.urn,
    coalesce(placements.placement_type_code in ('T0', 'T1', 'T2', 'T3', 'T4'), false)
        as is_temporary,
    placements.start_date,
    placements.end_date,
    placements.source_row
from placements
left join episode_people
    on placements.placement_id = episode_people.placement_id
