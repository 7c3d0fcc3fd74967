with

vital_signs as (select * from {{ ref('int_vital_signs_in_force') }}),

windows as (select * from {{ ref('int_reporting_windows') }} where period_window = 'rolling_12'),

rules_applied as (select * from {{ ref('int_exception_rules_applied') }}),

areas as (select * from {{ ref('areas') }})

select
    vital_signs.vital_sign_code,
    vital_signs.month_end,
    rules_applied.area_code,
    cast(
        {{ dbt.datediff('windows.covered_month_end', 'vital_signs.month_end', 'month') }} as integer
    ) as months_before,
    windows.covered_month_end as shown_month_end,
    vital_signs.vital_sign_name,
    vital_signs.display_order,
    vital_signs.indicator_ref,
    areas.area_name,
    rules_applied.availability,
    rules_applied.rag_status,
    rules_applied.value
from vital_signs
inner join windows
    on vital_signs.month_end = windows.month_end
inner join rules_applied
    on
        vital_signs.indicator_ref = rules_applied.indicator_ref
        and windows.covered_month_end = rules_applied.month_end
inner join areas
    on rules_applied.area_code = areas.area_code
