with

caseloads as (

    select * from {{ ref('detail_caseloads') }}

),

detail_rows as (

    select * from {{ ref('detail_table_rows') }} where detail_table = 'T7'

),

expected as (

    select * from {{ ref('fct_indicator_values') }}

)

select
    caseloads.month_end,
    caseloads.area_code,
    caseloads.team_type_code,
    caseloads.largest_caseload,
    expected.value as expected
from caseloads
inner join detail_rows
    on caseloads.team_type_code = detail_rows.row_code
inner join expected
    on
        detail_rows.indicator_ref = expected.indicator_ref
        and caseloads.month_end = expected.month_end
        and caseloads.area_code = expected.area_code
where
    caseloads.largest_caseload is distinct from expected.value
    or caseloads.workers > caseloads.children
