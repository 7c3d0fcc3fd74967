with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

editions as (

    select
        *,
        -- the exception rules use four months
        hides_m0 or hides_m1 or hides_m2 or hides_m3 as hides_rules
    from {{ ref('disclosure_editions') }}
    where area_code = 'COUNTY'

),

-- either all localities are hidden or none; where hidden, nothing about one is shown
localities as (

    select
        edition,
        indicator_ref,
        month_end,
        bool_or(area_code <> 'COUNTY' and hides_m0) as hides_m0
    from {{ ref('disclosure_editions') }}
    group by edition, indicator_ref, month_end

),

cards as (select * from {{ ref('vital_sign_report_cards') }}),

breaks as (select * from {{ ref('dim_series_breaks') }})

select
    editions.edition,
    cards.vital_sign_code,
    cards.month_end,
    cards.indicator_ref,
    cards.vital_sign_name,
    cards.display_order,
    cards.lead_officer_role,
    cards.data_owner_role,
    cards.polarity,
    cards.unit,
    cards.decimal_places,
    case
        when editions.hides_m0 and cards.availability = 'no_denominator'
            then 'available'
        else cards.availability
    end as availability,
    {{ shown(of_the_council('cards.rag_status'), 'editions.hides_m0') }}
        as rag_status,
    {{ shown('cards.direction_of_travel', 'editions.hides_step') }}
        as direction_of_travel,
    {{ shown(council_exception_rules('cards'), 'editions.hides_rules') }}
        as exception_rules,
    {{ shown(council_exception_reason('cards'), 'editions.hides_rules') }}
        as exception_reason,
    {{ shown('cards.value_m3', 'editions.hides_m3') }}
        as value_m3,
    {{ shown_text(
        'cards.value_m3', 'cards.decimal_places', 'cards.unit', 'editions.hides_m3'
    ) }} as text_m3,
    {{ shown('cards.value_m2', 'editions.hides_m2') }}
        as value_m2,
    {{ shown_text(
        'cards.value_m2', 'cards.decimal_places', 'cards.unit', 'editions.hides_m2'
    ) }} as text_m2,
    {{ shown('cards.value_m1', 'editions.hides_m1') }}
        as value_m1,
    {{ shown_text(
        'cards.value_m1', 'cards.decimal_places', 'cards.unit', 'editions.hides_m1'
    ) }} as text_m1,
    {{ shown('cards.value_m0', 'editions.hides_m0') }}
        as value_m0,
    {{ shown_text(
        'cards.value_m0', 'cards.decimal_places', 'cards.unit', 'editions.hides_m0'
    ) }} as text_m0,
    {{ shown('cards.value_12_months_ago', 'editions.hides_m12') }}
        as value_12_months_ago,
    {{ shown_text(
        'cards.value_12_months_ago', 'cards.decimal_places', 'cards.unit', 'editions.hides_m12'
    ) }} as text_12_months_ago,
    {{ shown('cards.ytd_value', 'editions.hides_m0') }}
        as ytd_value,
    {{ shown_text(
        'cards.ytd_value', 'cards.decimal_places', 'cards.unit', 'editions.hides_m0'
    ) }} as ytd_text,
    {{ shown('cards.previous_ytd_value', 'editions.hides_m12') }}
        as previous_ytd_value,
    {{ shown_text(
        'cards.previous_ytd_value', 'cards.decimal_places', 'cards.unit', 'editions.hides_m12'
    ) }} as previous_ytd_text,
    {{ of_the_council('cards.target_text') }} as target_text,
    {{ of_the_council('cards.target_value') }} as target_value,
    {{ shown(of_the_council('cards.variance'), 'editions.hides_m0') }}
        as variance,
    {{ of_the_council('cards.goal_value') }} as goal_value,
    {{ of_the_council('cards.statistical_neighbour_average') }} as statistical_neighbour_average,
    {{ of_the_council('cards.best_statistical_neighbour') }} as best_statistical_neighbour,
    {{ of_the_council('cards.national_average') }} as national_average,
    {{ of_the_council('cards.national_top_quartile') }} as national_top_quartile,
    {{ of_the_council('cards.eastern_region') }} as eastern_region,
    {{ shown('cards.weakest_area_code', 'localities.hides_m0') }}
        as weakest_area_code,
    {{ shown('cards.weakest_area_name', 'localities.hides_m0') }}
        as weakest_area_name,
    {{ shown('cards.weakest_area_numerator', 'localities.hides_m0') }}
        as weakest_area_numerator,
    {{ shown('cards.weakest_area_denominator', 'localities.hides_m0') }}
        as weakest_area_denominator,
    {{ shown('cards.weakest_area_value', 'localities.hides_m0') }}
        as weakest_area_value,
    {{ shown_text(
        'cards.weakest_area_value', 'cards.decimal_places', 'cards.unit', 'localities.hides_m0'
    ) }} as weakest_area_text,
    {{ shown('cards.weakest_areas', 'localities.hides_m0') }}
        as weakest_areas,
    {{ shown('cards.weakest_area_count', 'localities.hides_m0') }}
        as weakest_area_count,
    {{ shown('cards.compared_area_count', 'localities.hides_m0') }}
        as compared_area_count,
    {{ shown('cards.value_elsewhere', 'localities.hides_m0') }}
        as value_elsewhere,
    {{ shown('cards.county_change', 'localities.hides_m0') }}
        as county_change,
    {{ shown(council_exception_rules('cards') ~ ' is not null', 'editions.hides_rules') }}
        as is_exception,
    cards.is_flagged_budget,
    cards.is_flagged_risk,
    {{ of_the_council('cards.goal_date') }} as goal_date,
    editions.hides_m0 and cards.availability in ('available', 'no_denominator')
        as is_suppressed,
    not {{ crosses_series_break('breaks.series_break_month', 'cards.month_end', 12) }}
        as is_year_ago_comparable
from cards
inner join editions
    on
        cards.indicator_ref = editions.indicator_ref
        and cards.month_end = editions.month_end
inner join localities
    on
        editions.edition = localities.edition
        and cards.indicator_ref = localities.indicator_ref
        and cards.month_end = localities.month_end
left join breaks
    on cards.indicator_ref = breaks.indicator_ref
cross join extract_in_force
