with

counts as (select * from {{ ref('int_detail_counts') }} where detail_table = 'T3')

select
    month_end,
    area_code,
    row_code as outcome_group,
    row_name as outcome_name,
    display_order,
    case_count as enquiries,
    -- 4.5: of all completed enquiries, including those without an outcome
    100.0 * case_count / nullif(
        sum(case_count) over (partition by month_end, area_code), 0
    ) as percent_of_enquiries
from counts
