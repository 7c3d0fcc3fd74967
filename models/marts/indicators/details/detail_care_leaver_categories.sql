with

counts as (select * from {{ ref('int_detail_counts') }} where detail_table = 'T6')

select
    month_end,
    area_code,
    row_code as category_code,
    row_name as category_name,
    display_order,
    -- eligible young people are still looked after, so are not care leavers in 8.1
    row_code <> 'ELIG' as is_care_leaver,
    case_count as people
from counts
