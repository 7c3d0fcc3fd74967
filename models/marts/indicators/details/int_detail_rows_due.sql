with

detail_rows as (select * from {{ ref('detail_table_rows') }}),

spine as (select * from {{ ref('int_indicator_spine') }} where availability = 'available'),

months as (select * from {{ ref('int_reporting_months') }} where is_reported)

select
    detail_rows.detail_table,
    detail_rows.row_code,
    spine.month_end,
    spine.area_code,
    detail_rows.row_name,
    detail_rows.display_order
from detail_rows
inner join spine
    on detail_rows.indicator_ref = spine.indicator_ref
inner join months
    on spine.month_end = months.month_end
