with

computed as (select * from {{ ref('int_indicator_values') }}),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }} where area_type <> 'not_allocated'),

limits as (select * from {{ ref('int_indicator_limits') }}),

flags as (select * from {{ ref('int_vital_sign_flags_by_month') }}),

measured as (

    select
        computed.indicator_ref,
        computed.month_end,
        computed.area_code,
        computed.availability,
        computed.direction_of_travel,
        {{ rag_status(
            'computed.value', 'limits.red_limit', 'limits.green_limit', 'indicators.polarity'
        ) }} as rag_status,
        computed.value_3_months_ago,
        computed.value_2_months_ago,
        computed.value_1_month_ago,
        computed.value,
        limits.target_text,
        limits.target_value,
        {{ adverse_variance('computed.value', 'limits.target_value', 'indicators.polarity') }}
            as variance,
        {{ has_worsened_throughout(
            [
                'computed.value', 'computed.value_1_month_ago', 'computed.value_2_months_ago',
                'computed.value_3_months_ago',
            ],
            'indicators.polarity',
        ) }}
        and not {{ crosses_series_break('breaks.series_break_month', 'computed.month_end', 3) }}
            as has_worsened_three_times,
        flags.budget_reason,
        flags.risk_reason
    from computed
    inner join indicators
        on computed.indicator_ref = indicators.indicator_ref
    inner join areas
        on computed.area_code = areas.area_code
    left join {{ ref('dim_series_breaks') }} as breaks
        on computed.indicator_ref = breaks.indicator_ref
    left join limits
        on
            computed.indicator_ref = limits.indicator_ref
            and computed.month_end = limits.month_end
    -- budget and corporate risks belong to the council: a flag applies to the county
    left join flags
        on
            computed.indicator_ref = flags.indicator_ref
            and computed.month_end = flags.month_end
            and areas.area_type = 'county'

)

select
    measured.*,
    coalesce(measured.rag_status = 'red', false) as is_red,
    {{ is_off_target_by_variance('measured.variance') }} as is_far_from_target,
    measured.budget_reason is not null as is_flagged_budget,
    measured.risk_reason is not null as is_flagged_risk
from measured
