with

counts as (

    select * from {{ ref('detail_care_leaver_categories') }}

)

select
    'internal' as edition,
    month_end,
    area_code,
    category_code,
    category_name,
    display_order,
    is_care_leaver,
    people,
    false as is_suppressed
from counts
