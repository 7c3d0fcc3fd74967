with

rows_due as (select * from {{ ref('int_detail_rows_due') }}),

-- the county from all rows, not from the localities (section 10)
counted as (

    select
        detail_table,
        row_code,
        month_end,
        coalesce(area_code, 'COUNTY') as area_code,
        count(*) as case_count
    from {{ ref('int_detail_cases') }}
    group by grouping sets (
        (detail_table, row_code, month_end, area_code),
        (detail_table, row_code, month_end)
    )

)

select
    rows_due.detail_table,
    rows_due.row_code,
    rows_due.month_end,
    rows_due.area_code,
    rows_due.row_name,
    rows_due.display_order,
    cast(coalesce(counted.case_count, 0) as integer) as case_count
from rows_due
left join counted
    on
        rows_due.detail_table = counted.detail_table
        and rows_due.row_code = counted.row_code
        and rows_due.month_end = counted.month_end
        and rows_due.area_code = counted.area_code
where rows_due.detail_table in ('T2', 'T3', 'T4', 'T6')
