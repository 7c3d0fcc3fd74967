with

areas as (select * from {{ ref('areas') }})

select
    area_code,
    area_name,
    area_type,
    cast(display_order as integer) as display_order
from areas
