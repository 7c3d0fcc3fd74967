with

rules_applied as (

    select
        *,
        is_red or is_far_from_target as is_off_target
    from {{ ref('int_exception_rules_applied') }}

),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }}),

reported_months as (select * from {{ ref('int_reporting_months') }} where is_reported),

vital_signs as (select * from {{ ref('int_vital_signs_in_force') }})

select
    rules_applied.month_end,
    rules_applied.indicator_ref,
    rules_applied.area_code,
    areas.area_name,
    indicators.indicator_name,
    indicators.section_code as section,
    indicators.display_order,
    indicators.polarity,
    indicators.unit,
    indicators.decimal_places,
    concat_ws(
        ', ',
        case when rules_applied.is_off_target then 'a' end,
        case when rules_applied.has_worsened_three_times then 'b' end,
        case when rules_applied.is_flagged_budget then 'c' end,
        case when rules_applied.is_flagged_risk then 'd' end
    ) as exception_rules,
    concat_ws(
        '; ',
        case when rules_applied.is_red then 'red' end,
        case
            when rules_applied.is_far_from_target
                then
                    cast(round(100 * rules_applied.variance, 1) as varchar) || '% worse than target'
        end,
        case
            when rules_applied.has_worsened_three_times
                then {{ worsened_in_words(
                    [
                        'rules_applied.value', 'rules_applied.value_1_month_ago',
                        'rules_applied.value_2_months_ago', 'rules_applied.value_3_months_ago',
                    ],
                    'indicators.decimal_places', 'indicators.unit'
                ) }}
        end,
        'budget: ' || rules_applied.budget_reason,
        'corporate risk: ' || rules_applied.risk_reason
    ) as exception_reason,
    rules_applied.rag_status,
    rules_applied.direction_of_travel,
    rules_applied.value_3_months_ago as value_m3,
    rules_applied.value_2_months_ago as value_m2,
    rules_applied.value_1_month_ago as value_m1,
    rules_applied.value as value_m0,
    rules_applied.target_text,
    rules_applied.target_value,
    rules_applied.variance,
    rules_applied.is_off_target,
    rules_applied.has_worsened_three_times,
    rules_applied.is_flagged_budget,
    rules_applied.is_flagged_risk,
    vital_signs.vital_sign_code is not null as is_vital_sign
from rules_applied
inner join reported_months
    on rules_applied.month_end = reported_months.month_end
inner join indicators
    on rules_applied.indicator_ref = indicators.indicator_ref
inner join areas
    on rules_applied.area_code = areas.area_code
left join vital_signs
    on
        rules_applied.indicator_ref = vital_signs.indicator_ref
        and rules_applied.month_end = vital_signs.month_end
where
    rules_applied.is_off_target
    or rules_applied.has_worsened_three_times
    or rules_applied.is_flagged_budget
    or rules_applied.is_flagged_risk
