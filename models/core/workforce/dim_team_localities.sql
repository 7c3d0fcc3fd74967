with

team_localities as (

    select *
    from {{ ref('stg_ssd__team_localities') }}
    where unusable_for is null

),

areas as (select * from {{ ref('areas') }})

select
    team_localities.team_id,
    team_localities.locality_code,
    team_localities.valid_from,
    team_localities.valid_to
from team_localities
inner join areas
    on
        team_localities.locality_code = areas.area_code
        and areas.area_type = 'locality'
where team_localities.team_id is not null
