with

counts as (

    select * from {{ ref('detail_caseloads') }}

)

select
    'internal' as edition,
    month_end,
    area_code,
    team_type_code,
    team_type_name,
    display_order,
    workers,
    children,
    largest_caseload,
    average_caseload,
    false as is_suppressed
from counts
