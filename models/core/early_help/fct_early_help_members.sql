with

episodes as (select * from {{ ref('stg_ssd__early_help_episodes') }})

select
    episode_id,
    coalesce(case_id, 'EPISODE-' || episode_id) as case_id,
    person_id,
    joined_date,
    left_date
from episodes
where
    unusable_for is null
    and person_id is not null
