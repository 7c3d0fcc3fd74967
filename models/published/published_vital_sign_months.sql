with

dashboard as (

    select * from {{ ref('vital_sign_dashboard') }}

),

indicators as (

    select * from {{ ref('indicators') }}

)

select
    'internal' as edition,
    dashboard.vital_sign_code,
    dashboard.month_end,
    dashboard.area_code,
    dashboard.months_before,
    dashboard.shown_month_end,
    dashboard.vital_sign_name,
    dashboard.display_order,
    dashboard.indicator_ref,
    dashboard.area_name,
    dashboard.availability,
    dashboard.rag_status,
    dashboard.value,
    {{ displayed_text('dashboard.value', 'indicators.decimal_places', 'indicators.unit') }}
        as value_text,
    false as is_suppressed
from dashboard
inner join indicators
    on dashboard.indicator_ref = indicators.indicator_ref
