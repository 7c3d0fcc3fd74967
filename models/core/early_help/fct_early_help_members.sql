with

episodes as (

    {{ with_surviving_person(ref('stg_ssd__early_help_episodes'), ref('int_people_merged')) }}

)

select
    episode_id,
    coalesce(case_id, 'EPISODE-' || episode_id) as case_id,
    surviving_person_id as person_id,
    joined_date,
    left_date
from episodes
where
    {{ is_usable('early_help_episodes') }}
    and surviving_person_id is not null
