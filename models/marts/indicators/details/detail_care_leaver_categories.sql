with

counts as (select * from {{ ref('int_detail_counts') }} where detail_table = 'T6')

select
    month_end,
    area_code,
    row_code as category_code,
    row_name as category_name,
    display_order,
    -- the eligible are still looked after and are not among the care leavers of 8.1
    row_code <> 'ELIG' as is_care_leaver,
    case_count as people
from counts
