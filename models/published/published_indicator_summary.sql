{% set is_unrecorded = 'unrecorded.indicator_ref is not null' %}
{% set hides_m0 = '(editions.hides_m0 or ' ~ is_unrecorded ~ ')' %}
{% set hides_step = '(editions.hides_step or ' ~ is_unrecorded ~ ')' %}

with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

unrecorded as (select * from {{ ref('published_unrecorded_localities') }}),

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
    {{ shown('scorecard.value_m3', '(editions.hides_m3 or ' ~ is_unrecorded ~ ')') }} as value_m3,
    {{ shown_text_of_locality(
        'scorecard.value_m3', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m3',
        is_unrecorded
    ) }} as text_m3,
    {{ shown('scorecard.value_m2', '(editions.hides_m2 or ' ~ is_unrecorded ~ ')') }} as value_m2,
    {{ shown_text_of_locality(
        'scorecard.value_m2', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m2',
        is_unrecorded
    ) }} as text_m2,
    {{ shown('scorecard.value_m1', '(editions.hides_m1 or ' ~ is_unrecorded ~ ')') }} as value_m1,
    {{ shown_text_of_locality(
        'scorecard.value_m1', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m1',
        is_unrecorded
    ) }} as text_m1,
    {{ shown('scorecard.value_m0', hides_m0) }} as value_m0,
    {{ shown_text_of_locality(
        'scorecard.value_m0', 'scorecard.decimal_places', 'scorecard.unit', 'editions.hides_m0',
        is_unrecorded
    ) }} as text_m0,
    {{ shown('scorecard.ytd_value', hides_m0) }} as ytd_value,
    {{ shown_text_of_locality(
        'scorecard.ytd_value', 'scorecard.decimal_places', 'scorecard.unit',
        '(editions.hides_m0 and indicators.has_ytd)', is_unrecorded
    ) }} as ytd_text,
    indicators.ytd_is_shown,
    {{ shown('scorecard.previous_ytd_value', '(editions.hides_m12 or ' ~ is_unrecorded ~ ')') }}
        as previous_ytd_value,
    {{ shown_text_of_locality(
        'scorecard.previous_ytd_value', 'scorecard.decimal_places', 'scorecard.unit',
        '(editions.hides_m12 and indicators.has_ytd)', is_unrecorded
    ) }} as previous_ytd_text,
    {{ of_the_council('scorecard.target_text') }} as target_text,
    {{ of_the_council('scorecard.target_value') }} as target_value,
    {{ of_the_council('scorecard.red_limit') }} as red_limit,
    {{ of_the_council('scorecard.green_limit') }} as green_limit,
    {{ shown('scorecard.direction_of_travel', hides_step) }} as direction_of_travel,
    {{ shown('scorecard.raw_direction', hides_step) }} as raw_direction,
    {{ shown(of_the_council('scorecard.rag_status'), hides_m0) }} as rag_status,
    {{ of_the_council('scorecard.statistical_neighbour_average') }}
        as statistical_neighbour_average,
    {{ of_the_council('scorecard.best_statistical_neighbour') }} as best_statistical_neighbour,
    {{ of_the_council('scorecard.national_average') }} as national_average,
    {{ of_the_council('scorecard.national_top_quartile') }} as national_top_quartile,
    {{ of_the_council('scorecard.eastern_region') }} as eastern_region,
    case
        when editions.hides_m0 and scorecard.availability = 'no_denominator'
            then 'available'
        else scorecard.availability
    end as availability,
    editions.hides_m0 and scorecard.availability in ('available', 'no_denominator')
        as is_suppressed,
    not {{ crosses_series_break('breaks.series_break_month', 'scorecard.month_end', 1) }}
        as is_step_comparable,
    not {{ year_to_date_crosses_series_break(
        'breaks.series_break_month', 'scorecard.month_end'
    ) }} as is_previous_ytd_comparable,
    unrecorded.indicator_ref is not null as is_not_recorded_by_locality,
    scorecard.availability_reason
from scorecard
inner join editions
    on
        scorecard.indicator_ref = editions.indicator_ref
        and scorecard.month_end = editions.month_end
        and scorecard.area_code = editions.area_code
inner join indicators
    on scorecard.indicator_ref = indicators.indicator_ref
left join {{ ref('dim_series_breaks') }} as breaks
    on scorecard.indicator_ref = breaks.indicator_ref
left join unrecorded
    on
        editions.edition = unrecorded.edition
        and scorecard.indicator_ref = unrecorded.indicator_ref
        and scorecard.month_end = unrecorded.month_end
        and scorecard.area_code not in ('COUNTY', 'NOT_ALLOCATED')
cross join extract_in_force
