with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

-- decision 0037: the printed report is the demonstration county's
published as (

    select printed.*
    from {{ ref('printed_figures') }} as printed
    cross join extract_in_force
    where extract_in_force.is_demonstration

),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }}),

contradictions as (select * from {{ ref('printed_contradictions') }}),

-- months before the first reported one are computed too: a previous year to date needs them
computed as (select * from {{ ref('int_indicator_values') }}),

matched as (

    select
        published.*,
        indicators.section_code,
        indicators.multiplier,
        areas.area_type,
        contradictions.check_id,
        contradictions.reason as contradiction,
        coalesce(computed.availability, 'not_reported') as availability,
        -- a previous year to date is the year to date of the same month, a year earlier
        case
            when published.measure = 'value' then computed.numerator
            else computed.ytd_numerator
        end as numerator,
        case
            when published.measure = 'value' then computed.denominator
            else computed.ytd_denominator
        end as denominator,
        case
            when published.measure = 'value' then computed.value
            else computed.ytd_value
        end as computed_value
    from published
    inner join indicators
        on published.indicator_ref = indicators.indicator_ref
    inner join areas
        on published.area_code = areas.area_code
    left join computed
        on
            published.indicator_ref = computed.indicator_ref
            and published.month_end = computed.month_end
            and published.area_code = computed.area_code
    left join contradictions
        on
            published.indicator_ref = contradictions.indicator_ref
            and published.month_end = contradictions.month_end
            and published.measure = contradictions.measure
            and published.area_code = 'COUNTY'

),

displayed as (

    select
        *,
        -- section 12: half up, in whole numbers; counts and maxima have nothing to divide by
        case
            when computed_value is null then null
            when denominator is null then {{ displayed_ratio(
                'computed_value', '1', '1', 'decimal_places_printed'
            ) }}
            else {{ displayed_ratio(
                'numerator', 'denominator', 'multiplier', 'decimal_places_printed'
            ) }}
        end as displayed_value
    from matched

)

select
    indicator_ref,
    month_end,
    measure,
    area_code,
    section_code,
    area_type,
    certainty,
    availability,
    check_id,
    printed_value,
    decimal_places_printed,
    computed_value,
    displayed_value,
    displayed_value - printed_value as difference,
    {{ reconciliation_status('printed_value', 'displayed_value') }} as status,
    -- a figure that does not exist is not contradicted
    case
        when displayed_value is null then {{ reason_not_computed('availability') }}
        else contradiction
    end as reason,
    note
from displayed
