with

episodes as (select * from {{ ref('int_lac_episodes_chained') }}),

placements as (select * from {{ ref('stg_ssd__placements') }} where unusable_for is null),

episode_people as (

    select
        placement_id,
        min(person_id) as person_id
    from episodes
    where placement_id is not null
    group by placement_id

),

-- in some systems the child in a placement is only known through the episode
with_person as (

    select
        placements.placement_id,
        coalesce(placements.person_id, episode_people.person_id) as person_id,
        placements.carer_id,
        placements.placement_type_code,
        placements.start_date,
        placements.end_date
    from placements
    left join episode_people
        on placements.placement_id = episode_people.placement_id

),

open_on_start as (

    select
        episodes.episode_id,
        with_person.placement_id,
        with_person.carer_id,
        with_person.placement_type_code
    from episodes
    inner join with_person
        on
            episodes.person_id = with_person.person_id
            and {{ is_open_at(
                'with_person.start_date', 'with_person.end_date', 'episodes.start_date'
            ) }}
    qualify
        row_number() over (
            partition by episodes.episode_id
            order by with_person.start_date desc, with_person.placement_id desc
        ) = 1

)

select
    episodes.episode_id,
    episodes.person_id,
    episodes.lac_period_id,
    -- entities: the placement that the episode names, otherwise the one open on its first day
    coalesce(named.placement_id, open_on_start.placement_id, episodes.placement_id) as placement_id,
    case when named.placement_id is not null then named.carer_id else open_on_start.carer_id end
        as carer_id,
    case
        when named.placement_id is not null then named.placement_type_code
        else open_on_start.placement_type_code
    end as placement_type_code,
    episodes.start_reason_code,
    episodes.start_date,
    episodes.end_date
from episodes
left join with_person as named
    on episodes.placement_id = named.placement_id
left join open_on_start
    on episodes.episode_id = open_on_start.episode_id
