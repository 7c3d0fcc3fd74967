with

vital_signs as (select * from {{ ref('int_vital_signs_in_force') }}),

indicators as (select * from {{ ref('indicators') }}),

-- every computed month is present, so the twelfth row back is the same month a year ago
county as (

    select
        *,
        lag(value, 12) over (partition by indicator_ref order by month_end) as value_12_months_ago
    from {{ ref('int_exception_rules_applied') }}
    where area_code = 'COUNTY'

),

computed as (select * from {{ ref('int_indicator_values') }} where area_code = 'COUNTY'),

exceptions as (select * from {{ ref('indicator_exceptions') }} where area_code = 'COUNTY'),

benchmarks as (select * from {{ ref('int_indicator_benchmarks') }}),

weakest as (select * from {{ ref('int_weakest_localities') }}),

goals as (select * from {{ ref('int_committee_targets_ahead') }})

select
    vital_signs.vital_sign_code,
    vital_signs.month_end,
    vital_signs.indicator_ref,
    vital_signs.vital_sign_name,
    vital_signs.display_order,
    vital_signs.lead_officer_role,
    vital_signs.data_owner_role,
    indicators.polarity,
    indicators.unit,
    indicators.decimal_places,
    county.availability,
    county.rag_status,
    county.direction_of_travel,
    exceptions.exception_rules,
    exceptions.exception_reason,
    county.value_3_months_ago as value_m3,
    county.value_2_months_ago as value_m2,
    county.value_1_month_ago as value_m1,
    county.value as value_m0,
    county.value_12_months_ago,
    computed.ytd_value_shown as ytd_value,
    computed.previous_ytd_value,
    county.target_text,
    county.target_value,
    county.variance,
    goals.goal_value,
    benchmarks.statistical_neighbour_average,
    benchmarks.best_statistical_neighbour,
    benchmarks.national_average,
    benchmarks.national_top_quartile,
    benchmarks.eastern_region,
    weakest.area_code as weakest_area_code,
    weakest.area_name as weakest_area_name,
    weakest.numerator as weakest_area_numerator,
    weakest.denominator as weakest_area_denominator,
    weakest.value as weakest_area_value,
    weakest.value_elsewhere,
    weakest.county_change,
    exceptions.indicator_ref is not null as is_exception,
    county.is_flagged_budget,
    county.is_flagged_risk,
    goals.goal_date,
    weakest.weakest_areas,
    weakest.weakest_area_count,
    weakest.compared_area_count
from vital_signs
inner join indicators
    on vital_signs.indicator_ref = indicators.indicator_ref
inner join county
    on
        vital_signs.indicator_ref = county.indicator_ref
        and vital_signs.month_end = county.month_end
inner join computed
    on
        vital_signs.indicator_ref = computed.indicator_ref
        and vital_signs.month_end = computed.month_end
left join exceptions
    on
        vital_signs.indicator_ref = exceptions.indicator_ref
        and vital_signs.month_end = exceptions.month_end
left join benchmarks
    on
        vital_signs.indicator_ref = benchmarks.indicator_ref
        and vital_signs.month_end = benchmarks.month_end
left join weakest
    on
        vital_signs.indicator_ref = weakest.indicator_ref
        and vital_signs.month_end = weakest.month_end
left join goals
    on
        vital_signs.vital_sign_code = goals.vital_sign_code
        and vital_signs.month_end = goals.month_end
