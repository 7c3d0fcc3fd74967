with

trends as (select * from {{ ref('int_indicator_trends') }}),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }} where area_type <> 'not_allocated'),

limits as (select * from {{ ref('int_indicator_limits') }}),

flags as (select * from {{ ref('int_vital_sign_flags_by_month') }}),

measured as (

    select
        trends.indicator_ref,
        trends.month_end,
        trends.area_code,
        trends.availability,
        trends.direction_of_travel,
        {{ rag_status(
            'trends.value', 'limits.red_limit', 'limits.green_limit', 'indicators.polarity'
        ) }} as rag_status,
        trends.value_3_months_ago,
        trends.value_2_months_ago,
        trends.value_1_month_ago,
        trends.value,
        limits.target_text,
        limits.target_value,
        {{ adverse_variance('trends.value', 'limits.target_value', 'indicators.polarity') }}
            as variance,
        {{ has_worsened_throughout(
            [
                'trends.value', 'trends.value_1_month_ago', 'trends.value_2_months_ago',
                'trends.value_3_months_ago',
            ],
            'indicators.polarity',
        ) }}
        and not {{ crosses_series_break('breaks.series_break_month', 'trends.month_end', 3) }}
            as has_worsened_three_times,
        flags.budget_reason,
        flags.risk_reason
    from trends
    inner join indicators
        on trends.indicator_ref = indicators.indicator_ref
    inner join areas
        on trends.area_code = areas.area_code
    left join {{ ref('dim_series_breaks') }} as breaks
        on trends.indicator_ref = breaks.indicator_ref
    left join limits
        on
            trends.indicator_ref = limits.indicator_ref
            and trends.month_end = limits.month_end
    -- budget and corporate risks belong to the council: a flag applies to the county
    left join flags
        on
            trends.indicator_ref = flags.indicator_ref
            and trends.month_end = flags.month_end
            and areas.area_type = 'county'

)

select
    measured.*,
    coalesce(measured.rag_status = 'red', false) as is_red,
    {{ is_off_target_by_variance('measured.variance') }} as is_far_from_target,
    measured.budget_reason is not null as is_flagged_budget,
    measured.risk_reason is not null as is_flagged_risk
from measured
