with

rows_due as (select * from {{ ref('int_detail_rows_due') }} where detail_table = 'T7'),

totals as (select * from {{ ref('fct_measure_totals') }} where period_window = 'month')

select
    rows_due.month_end,
    rows_due.area_code,
    rows_due.row_code as team_type_code,
    rows_due.row_name as team_type_name,
    rows_due.display_order,
    cast(coalesce(totals.worker_count, 0) as integer) as workers,
    -- each child has one primary worker, so counting child-worker pairs counts children
    cast(coalesce(totals.case_count, 0) as integer) as children,
    cast(totals.largest_worker_sum as integer) as largest_caseload,
    totals.case_count / nullif(totals.worker_count, 0) as average_caseload
from rows_due
left join totals
    on
        'caseload_' || lower(rows_due.row_code) = totals.measure
        and rows_due.month_end = totals.month_end
        and rows_due.area_code = totals.area_code
