{% set is_unrecorded = 'unrecorded.indicator_ref is not null' %}
{% set is_not_shown = '(dashboard.is_hidden or ' ~ is_unrecorded ~ ')' %}

with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

editions as (select * from {{ ref('editions') }}),

hidden_parts as (select * from {{ ref('disclosure_editions') }}),

-- the first months' dashboards go back to months that are not themselves reported
dashboard as (

    select
        months_shown.*,
        editions.edition,
        coalesce(hidden_parts.hides_m0, editions.hides_small_counts, true) as is_hidden
    from {{ ref('vital_sign_dashboard') }} as months_shown
    cross join editions
    left join hidden_parts
        on
            editions.edition = hidden_parts.edition
            and months_shown.indicator_ref = hidden_parts.indicator_ref
            and months_shown.shown_month_end = hidden_parts.month_end
            and months_shown.area_code = hidden_parts.area_code

),

unrecorded as (select * from {{ ref('published_unrecorded_localities') }}),

indicators as (select * from {{ ref('indicators') }})

select
    dashboard.edition,
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
        when dashboard.is_hidden and dashboard.availability = 'no_denominator'
            then 'available'
        else dashboard.availability
    end as availability,
    {{ shown(of_the_council('dashboard.rag_status'), is_not_shown) }} as rag_status,
    {{ shown('dashboard.value', is_not_shown) }} as value,
    {{ shown_text_of_locality(
        'dashboard.value', 'indicators.decimal_places', 'indicators.unit', 'dashboard.is_hidden',
        is_unrecorded
    ) }} as value_text,
    dashboard.is_hidden and dashboard.availability in ('available', 'no_denominator')
        as is_suppressed
from dashboard
inner join indicators
    on dashboard.indicator_ref = indicators.indicator_ref
left join unrecorded
    on
        dashboard.edition = unrecorded.edition
        and dashboard.indicator_ref = unrecorded.indicator_ref
        and dashboard.shown_month_end = unrecorded.month_end
        and dashboard.area_code not in ('COUNTY', 'NOT_ALLOCATED')
cross join extract_in_force
