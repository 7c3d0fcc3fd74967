with

trends as (select * from {{ ref('int_indicator_trends') }}),

reported_months as (select * from {{ ref('int_reporting_months') }} where is_reported),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }} where area_type <> 'not_allocated'),

limits as (select * from {{ ref('int_indicator_limits') }}),

benchmarks as (select * from {{ ref('int_indicator_benchmarks') }})

select
    trends.month_end,
    trends.area_code,
    areas.area_name,
    indicators.section_code as section,
    indicators.display_order,
    trends.indicator_ref,
    indicators.indicator_name,
    indicators.polarity,
    indicators.unit,
    indicators.decimal_places,
    indicators.is_in_report,
    trends.value_3_months_ago as value_m3,
    trends.value_2_months_ago as value_m2,
    trends.value_1_month_ago as value_m1,
    trends.value as value_m0,
    trends.ytd_value,
    limits.target_text,
    limits.target_value,
    trends.direction_of_travel,
    trends.raw_direction,
    {{ rag_status(
        'trends.value', 'limits.red_limit', 'limits.green_limit', 'indicators.polarity'
    ) }} as rag_status,
    limits.red_limit,
    limits.green_limit,
    trends.previous_ytd_value,
    benchmarks.statistical_neighbour_average,
    benchmarks.best_statistical_neighbour,
    benchmarks.national_average,
    benchmarks.national_top_quartile,
    benchmarks.eastern_region,
    trends.availability,
    trends.availability_reason
from trends
inner join reported_months
    on trends.month_end = reported_months.month_end
inner join indicators
    on trends.indicator_ref = indicators.indicator_ref
inner join areas
    on trends.area_code = areas.area_code
left join limits
    on
        trends.indicator_ref = limits.indicator_ref
        and trends.month_end = limits.month_end
left join benchmarks
    on
        trends.indicator_ref = benchmarks.indicator_ref
        and trends.month_end = benchmarks.month_end
