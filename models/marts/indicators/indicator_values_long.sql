with

scorecard as (select * from {{ ref('indicator_scorecard') }})

select
    scorecard.indicator_ref,
    scorecard.indicator_name,
    sections.section_name,
    scorecard.area_code,
    scorecard.area_name,
    scorecard.month_end,
    scorecard.unit,
    scorecard.value_m0 as value,
    {{ displayed_text(
        'scorecard.value_m0', 'scorecard.decimal_places', 'scorecard.unit'
    ) }} as value_text,
    computed.numerator,
    computed.denominator,
    scorecard.ytd_value,
    {{ displayed_text(
        'scorecard.ytd_value', 'scorecard.decimal_places', 'scorecard.unit'
    ) }} as ytd_text,
    scorecard.rag_status,
    scorecard.target_text,
    scorecard.target_value,
    scorecard.polarity,
    scorecard.direction_of_travel,
    scorecard.raw_direction,
    scorecard.availability,
    scorecard.availability_reason,
    scorecard.display_order
from scorecard
inner join {{ ref('fct_indicator_values') }} as computed
    on
        scorecard.indicator_ref = computed.indicator_ref
        and scorecard.month_end = computed.month_end
        and scorecard.area_code = computed.area_code
left join {{ ref('report_sections') }} as sections
    on scorecard.section = sections.section_code
