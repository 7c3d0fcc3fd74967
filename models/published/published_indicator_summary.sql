with

editions as (select * from {{ ref('disclosure_editions') }}),

scorecard as (select * from {{ ref('indicator_scorecard') }}),

indicators as (

    select
        *,
        ytd_rule <> 'none' as has_ytd
    from {{ ref('indicators') }}

)

select
    editions.edition,
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
    {{ shown('scorecard.value_m3', 'editions.hides_m3') }} as value_m3,
    {{ shown_text(
        'scorecard.value_m3', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m3'
    ) }} as text_m3,
    {{ shown('scorecard.value_m2', 'editions.hides_m2') }} as value_m2,
    {{ shown_text(
        'scorecard.value_m2', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m2'
    ) }} as text_m2,
    {{ shown('scorecard.value_m1', 'editions.hides_m1') }} as value_m1,
    {{ shown_text(
        'scorecard.value_m1', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m1'
    ) }} as text_m1,
    {{ shown('scorecard.value_m0', 'editions.hides_m0') }} as value_m0,
    {{ shown_text(
        'scorecard.value_m0', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m0'
    ) }} as text_m0,
    {{ shown('scorecard.ytd_value', 'editions.hides_m0') }} as ytd_value,
    {{ shown_text(
        'scorecard.ytd_value', 'scorecard.decimal_places', 'scorecard.unit',
        '(editions.hides_m0 and indicators.has_ytd)'
    ) }} as ytd_text,
    indicators.ytd_is_shown,
    {{ shown('scorecard.previous_ytd_value', 'editions.hides_m12') }} as previous_ytd_value,
    {{ shown_text(
        'scorecard.previous_ytd_value', 'scorecard.decimal_places', 'scorecard.unit',
        '(editions.hides_m12 and indicators.has_ytd)'
    ) }} as previous_ytd_text,
    scorecard.target_text,
    scorecard.target_value,
    scorecard.red_limit,
    scorecard.green_limit,
    {{ shown('scorecard.direction_of_travel', 'editions.hides_step') }} as direction_of_travel,
    {{ shown('scorecard.raw_direction', 'editions.hides_step') }} as raw_direction,
    {{ shown('scorecard.rag_status', 'editions.hides_m0') }} as rag_status,
    scorecard.statistical_neighbour_average,
    scorecard.best_statistical_neighbour,
    scorecard.national_average,
    scorecard.national_top_quartile,
    scorecard.eastern_region,
    case
        when editions.hides_m0 and scorecard.availability = 'no_denominator'
            then 'available'
        else scorecard.availability
    end as availability,
    editions.hides_m0 and scorecard.availability in ('available', 'no_denominator')
        as is_suppressed,
    scorecard.availability_reason
from scorecard
inner join editions
    on
        scorecard.indicator_ref = editions.indicator_ref
        and scorecard.month_end = editions.month_end
        and scorecard.area_code = editions.area_code
inner join indicators
    on scorecard.indicator_ref = indicators.indicator_ref
