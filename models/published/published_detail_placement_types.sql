with

counts as (

    select * from {{ ref('detail_placement_types') }}

)

select
    'internal' as edition,
    month_end,
    area_code,
    placement_group,
    placement_group_name,
    display_order,
    children,
    percent_of_children,
    false as is_suppressed
from counts
