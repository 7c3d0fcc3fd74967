with

cards as (

    select * from {{ ref('vital_sign_report_cards') }}

)

select
    'internal' as edition,
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
    cards.availability,
    cards.rag_status,
    cards.direction_of_travel,
    cards.exception_rules,
    cards.exception_reason,
    cards.value_m3,
    {{ displayed_text('cards.value_m3', 'cards.decimal_places', 'cards.unit') }}
        as text_m3,
    cards.value_m2,
    {{ displayed_text('cards.value_m2', 'cards.decimal_places', 'cards.unit') }}
        as text_m2,
    cards.value_m1,
    {{ displayed_text('cards.value_m1', 'cards.decimal_places', 'cards.unit') }}
        as text_m1,
    cards.value_m0,
    {{ displayed_text('cards.value_m0', 'cards.decimal_places', 'cards.unit') }}
        as text_m0,
    cards.value_12_months_ago,
    {{ displayed_text('cards.value_12_months_ago', 'cards.decimal_places', 'cards.unit') }}
        as text_12_months_ago,
    cards.ytd_value,
    {{ displayed_text('cards.ytd_value', 'cards.decimal_places', 'cards.unit') }}
        as ytd_text,
    cards.previous_ytd_value,
    {{ displayed_text('cards.previous_ytd_value', 'cards.decimal_places', 'cards.unit') }}
        as previous_ytd_text,
    cards.target_text,
    cards.target_value,
    cards.variance,
    cards.goal_value,
    cards.statistical_neighbour_average,
    cards.best_statistical_neighbour,
    cards.national_average,
    cards.national_top_quartile,
    cards.eastern_region,
    cards.weakest_area_code,
    cards.weakest_area_name,
    cards.weakest_area_numerator,
    cards.weakest_area_denominator,
    cards.weakest_area_value,
    {{ displayed_text('cards.weakest_area_value', 'cards.decimal_places', 'cards.unit') }}
        as weakest_area_text,
    cards.value_elsewhere,
    cards.county_change,
    cards.is_exception,
    cards.is_flagged_budget,
    cards.is_flagged_risk,
    cards.goal_date,
    false as is_suppressed
from cards
