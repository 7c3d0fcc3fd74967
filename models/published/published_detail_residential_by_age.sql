with

counts as (

    select * from {{ ref('detail_residential_by_age') }}

)

select
    'internal' as edition,
    month_end,
    placement_type_code,
    placement_type_name,
    display_order,
    age_label,
    age,
    children,
    false as is_suppressed
from counts
