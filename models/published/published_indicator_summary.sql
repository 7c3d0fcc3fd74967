with

scorecard as (

    select * from {{ ref('indicator_scorecard') }}

),

indicators as (

    select * from {{ ref('indicators') }}

)

select
    'internal' as edition,
    scorecard.month_end,
    scorecard.area_code,
    scorecard.area_name,
    scorecard.section as section_code,
    scorecard.display_order,
    scorecard.indicator_ref,
    scorecard.indicator_name,
    scorecard.polarity,
    scorecard.unit,
    scorecard.decimal_places,
    scorecard.is_in_report,
    scorecard.value_m3,
    {{ displayed_text('scorecard.value_m3', 'scorecard.decimal_places', 'scorecard.unit') }}
        as text_m3,
    scorecard.value_m2,
    {{ displayed_text('scorecard.value_m2', 'scorecard.decimal_places', 'scorecard.unit') }}
        as text_m2,
    scorecard.value_m1,
    {{ displayed_text('scorecard.value_m1', 'scorecard.decimal_places', 'scorecard.unit') }}
        as text_m1,
    scorecard.value_m0,
    {{ displayed_text('scorecard.value_m0', 'scorecard.decimal_places', 'scorecard.unit') }}
        as text_m0,
    scorecard.ytd_value,
    {{ displayed_text('scorecard.ytd_value', 'scorecard.decimal_places', 'scorecard.unit') }}
        as ytd_text,
    indicators.ytd_is_shown,
    scorecard.previous_ytd_value,
    {{ displayed_text(
        'scorecard.previous_ytd_value', 'scorecard.decimal_places', 'scorecard.unit'
    ) }} as previous_ytd_text,
    scorecard.target_text,
    scorecard.target_value,
    scorecard.red_limit,
    scorecard.green_limit,
    scorecard.direction_of_travel,
    scorecard.raw_direction,
    scorecard.rag_status,
    scorecard.statistical_neighbour_average,
    scorecard.best_statistical_neighbour,
    scorecard.national_average,
    scorecard.national_top_quartile,
    scorecard.eastern_region,
    scorecard.availability,
    false as is_suppressed,
    cast(null as varchar) as suppression
from scorecard
inner join indicators
    on scorecard.indicator_ref = indicators.indicator_ref
