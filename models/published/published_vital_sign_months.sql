with

editions as (

    select * from {{ ref('disclosure_editions') }}

),

dashboard as (

    select * from {{ ref('vital_sign_dashboard') }}

),

indicators as (

    select * from {{ ref('indicators') }}

)

select
    editions.edition,
    dashboard.vital_sign_code,
    dashboard.month_end,
    dashboard.area_code,
    dashboard.months_before,
    dashboard.shown_month_end,
    dashboard.vital_sign_name,
    dashboard.display_order,
    dashboard.indicator_ref,
    dashboard.area_name,
    case
        when editions.hides_m0 and dashboard.availability = 'no_denominator'
            then 'available'
        else dashboard.availability
    end as availability,
    {{ shown('dashboard.rag_status', 'editions.hides_m0') }} as rag_status,
    {{ shown('dashboard.value', 'editions.hides_m0') }} as value,
    {{ shown_text(
        'dashboard.value', 'indicators.decimal_places', 'indicators.unit', 'editions.hides_m0'
    ) }} as value_text,
    editions.hides_m0 and dashboard.availability in ('available', 'no_denominator')
        as is_suppressed
from dashboard
inner join indicators
    on dashboard.indicator_ref = indicators.indicator_ref
inner join editions
    on
        dashboard.indicator_ref = editions.indicator_ref
        and dashboard.shown_month_end = editions.month_end
        and dashboard.area_code = editions.area_code
