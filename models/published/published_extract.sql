with

extract_in_force as (select * from {{ ref('dim_extract') }})

select
    extract_id,
    source_system,
    as_at,
    landed_at,
    is_demonstration
from extract_in_force
