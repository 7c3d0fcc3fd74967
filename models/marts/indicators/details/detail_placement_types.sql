with

counts as (select * from {{ ref('int_detail_counts') }} where detail_table = 'T4')

select
    month_end,
    area_code,
    row_code as placement_group,
    row_name as placement_group_name,
    display_order,
    case_count as children,
    100.0 * case_count / nullif(
        sum(case_count) over (partition by month_end, area_code), 0
    ) as percent_of_children
from counts
