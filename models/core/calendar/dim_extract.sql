with

in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

landed as (select * from {{ ref('stg_landing__extracts') }})

select
    in_force.extract_id,
    in_force.source_system,
    in_force.as_at,
    landed.loaded_at as landed_at,
    in_force.is_demonstration
from in_force
inner join landed
    on in_force.extract_id = landed.extract_id
