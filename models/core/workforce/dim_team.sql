with

teams as (select * from {{ ref('stg_ssd__teams') }})

select
    team_id,
    parent_team_id,
    team_type_code,
    team_name
from teams
