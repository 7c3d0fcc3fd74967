with

counts as (select * from {{ ref('int_detail_counts') }} where detail_table = 'T2'),

-- 3.5p: the base of the percentages is the three outcomes
based as (

    select
        *,
        sum(case when row_code <> 'NOT_RECORDED' then case_count end) over (
            partition by month_end, area_code
        ) as with_outcome
    from counts

)

select
    month_end,
    area_code,
    row_code as outcome_group,
    row_name as outcome_name,
    display_order,
    case_count as assessments,
    case when row_code <> 'NOT_RECORDED' then 100.0 * case_count / nullif(with_outcome, 0) end
        as percent_of_outcomes
from based
