{% set is_not_shown = '(editions.hides_m0 or unrecorded.indicator_ref is not null)' %}

with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

unrecorded as (select * from {{ ref('published_unrecorded_localities') }}),

editions as (select * from {{ ref('disclosure_editions') }}),

indicator_values as (select * from {{ ref('fct_indicator_values') }}),

indicators as (

    select
        *,
        ytd_rule <> 'none' as has_ytd
    from {{ ref('indicators') }}

),

scorecard as (select * from {{ ref('indicator_scorecard') }})

select
    editions.edition,
    indicator_values.indicator_ref,
    indicator_values.month_end,
    indicator_values.area_code,
    {{ shown('indicator_values.value', is_not_shown) }} as value,
    {{ shown('indicator_values.numerator', is_not_shown) }} as numerator,
    {{ shown('indicator_values.denominator', is_not_shown) }} as denominator,
    {{ shown_text_of_locality(
        'indicator_values.value', 'indicators.decimal_places', 'indicators.unit',
        'editions.hides_m0', 'unrecorded.indicator_ref is not null'
    ) }} as value_text,
    {{ shown('indicator_values.ytd_value', is_not_shown) }} as ytd_value,
    {{ shown('indicator_values.ytd_numerator', is_not_shown) }} as ytd_numerator,
    {{ shown('indicator_values.ytd_denominator', is_not_shown) }} as ytd_denominator,
    {{ shown_text_of_locality(
        'indicator_values.ytd_value', 'indicators.decimal_places', 'indicators.unit',
        '(editions.hides_m0 and indicators.has_ytd)', 'unrecorded.indicator_ref is not null'
    ) }} as ytd_text,
    {{ shown('scorecard.previous_ytd_value', 'editions.hides_m12') }} as previous_ytd_value,
    {{ shown_text(
        'scorecard.previous_ytd_value', 'indicators.decimal_places', 'indicators.unit',
        '(editions.hides_m12 and indicators.has_ytd)'
    ) }} as previous_ytd_text,
    {{ shown(of_the_council('scorecard.rag_status'), 'editions.hides_m0') }} as rag_status,
    {{ shown('scorecard.direction_of_travel', 'editions.hides_step') }} as direction_of_travel,
    {{ shown('scorecard.raw_direction', 'editions.hides_step') }} as raw_direction,
    -- "nothing to divide by" would reveal that the denominator is 0
    case
        when editions.hides_m0 and indicator_values.availability = 'no_denominator'
            then 'available'
        else indicator_values.availability
    end as availability,
    editions.hides_m0 and indicator_values.availability in ('available', 'no_denominator')
        as is_suppressed,
    unrecorded.indicator_ref is not null as is_not_recorded_by_locality,
    indicator_values.availability_reason
from indicator_values
inner join editions
    on
        indicator_values.indicator_ref = editions.indicator_ref
        and indicator_values.month_end = editions.month_end
        and indicator_values.area_code = editions.area_code
inner join indicators
    on indicator_values.indicator_ref = indicators.indicator_ref
left join scorecard
    on
        indicator_values.indicator_ref = scorecard.indicator_ref
        and indicator_values.month_end = scorecard.month_end
        and indicator_values.area_code = scorecard.area_code
left join unrecorded
    on
        editions.edition = unrecorded.edition
        and indicator_values.indicator_ref = unrecorded.indicator_ref
        and indicator_values.month_end = unrecorded.month_end
        and indicator_values.area_code not in ('COUNTY', 'NOT_ALLOCATED')
cross join extract_in_force
