with

indicator_values as (

    select * from {{ ref('fct_indicator_values') }}

),

indicators as (

    select * from {{ ref('indicators') }}

),

scorecard as (

    select * from {{ ref('indicator_scorecard') }}

)

select
    'internal' as edition,
    indicator_values.indicator_ref,
    indicator_values.month_end,
    indicator_values.area_code,
    indicator_values.value,
    indicator_values.numerator,
    indicator_values.denominator,
    {{ displayed_text('indicator_values.value', 'indicators.decimal_places', 'indicators.unit') }}
        as value_text,
    indicator_values.ytd_value,
    indicator_values.ytd_numerator,
    indicator_values.ytd_denominator,
    {{ displayed_text(
        'indicator_values.ytd_value', 'indicators.decimal_places', 'indicators.unit'
    ) }} as ytd_text,
    scorecard.previous_ytd_value,
    {{ displayed_text(
        'scorecard.previous_ytd_value', 'indicators.decimal_places', 'indicators.unit'
    ) }} as previous_ytd_text,
    scorecard.rag_status,
    scorecard.direction_of_travel,
    scorecard.raw_direction,
    indicator_values.availability,
    false as is_suppressed,
    cast(null as varchar) as suppression
from indicator_values
inner join indicators
    on indicator_values.indicator_ref = indicators.indicator_ref
left join scorecard
    on
        indicator_values.indicator_ref = scorecard.indicator_ref
        and indicator_values.month_end = scorecard.month_end
        and indicator_values.area_code = scorecard.area_code
