with

computed as (select * from {{ ref('int_indicator_values') }}),

reported_months as (select * from {{ ref('int_reporting_months') }} where is_reported),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }} where area_type <> 'not_allocated'),

limits as (select * from {{ ref('int_indicator_limits') }}),

benchmarks as (select * from {{ ref('int_indicator_benchmarks') }})

select
    computed.month_end,
    computed.area_code,
    areas.area_name,
    indicators.section_code as section,
    indicators.display_order,
    computed.indicator_ref,
    indicators.indicator_name,
    indicators.polarity,
    indicators.unit,
    indicators.decimal_places,
    indicators.is_in_report,
    computed.value_3_months_ago as value_m3,
    computed.value_2_months_ago as value_m2,
    computed.value_1_month_ago as value_m1,
    computed.value as value_m0,
    computed.ytd_value_shown as ytd_value,
    limits.target_text,
    limits.target_value,
    computed.direction_of_travel,
    computed.raw_direction,
    {{ rag_status(
        'computed.value', 'limits.red_limit', 'limits.green_limit', 'indicators.polarity'
    ) }} as rag_status,
    limits.red_limit,
    limits.green_limit,
    computed.previous_ytd_value,
    benchmarks.statistical_neighbour_average,
    benchmarks.best_statistical_neighbour,
    benchmarks.national_average,
    benchmarks.national_top_quartile,
    benchmarks.eastern_region,
    computed.availability,
    computed.availability_reason
from computed
inner join reported_months
    on computed.month_end = reported_months.month_end
inner join indicators
    on computed.indicator_ref = indicators.indicator_ref
inner join areas
    on computed.area_code = areas.area_code
left join limits
    on
        computed.indicator_ref = limits.indicator_ref
        and computed.month_end = limits.month_end
left join benchmarks
    on
        computed.indicator_ref = benchmarks.indicator_ref
        and computed.month_end = benchmarks.month_end
