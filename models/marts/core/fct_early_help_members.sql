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
    -- G23: no start; G22: left before joining
    joined_date is not null
    and (left_date is null or left_date >= joined_date)
    and surviving_person_id is not null
