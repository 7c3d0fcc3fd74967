with

counts as (

    select * from {{ ref('detail_localities') }}

)

select
    'internal' as edition,
    indicator_ref,
    month_end,
    area_code,
    area_name,
    indicator_name,
    unit,
    display_order,
    value,
    numerator,
    denominator,
    not_allocated_count,
    rag_status,
    availability,
    false as is_suppressed
from counts
