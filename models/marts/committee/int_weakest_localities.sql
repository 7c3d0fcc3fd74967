with

computed as (select * from {{ ref('int_indicator_values') }}),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }}),

county as (select * from computed where area_code = 'COUNTY'),

-- a plain count reflects a locality's size, and workers in two localities would count twice
compared as (

    select
        computed.indicator_ref,
        computed.month_end,
        computed.area_code,
        areas.area_name,
        indicators.polarity,
        computed.numerator,
        computed.denominator,
        computed.value,
        county.value as county_value,
        indicators.multiplier * (county.numerator - computed.numerator)
        / nullif(county.denominator - computed.denominator, 0) as value_elsewhere
    from computed
    inner join areas
        on
            computed.area_code = areas.area_code
            and areas.area_type = 'locality'
    inner join indicators
        on
            computed.indicator_ref = indicators.indicator_ref
            and indicators.denominator_stat in ('count', 'measure', 'population')
            and indicators.polarity in ('high', 'low')
    inner join county
        on
            computed.indicator_ref = county.indicator_ref
            and computed.month_end = county.month_end
    where computed.value is not null

),

ranked as (

    select
        *,
        rank() over (
            partition by indicator_ref, month_end
            order by case polarity when 'high' then value else -value end asc
        ) as place,
        count(*) over (partition by indicator_ref, month_end) as compared_area_count
    from compared

),

-- a locality no worse than another is not named as the only weakest
equally_weak as (

    select
        indicator_ref,
        month_end,
        string_agg(
            area_name || ' (' || {{ number_text('numerator', '0') }} || ' of '
            || {{ number_text('denominator', '0') }} || ')',
            ', '
            order by area_name
        ) as weakest_areas,
        cast(count(*) as integer) as weakest_area_count
    from ranked
    where place = 1
    group by indicator_ref, month_end

)

select
    ranked.indicator_ref,
    ranked.month_end,
    ranked.area_code,
    ranked.area_name,
    ranked.numerator,
    ranked.denominator,
    ranked.value,
    ranked.value_elsewhere,
    -- a locality at the average of the others leaves the county at that average
    ranked.value_elsewhere - ranked.county_value as county_change,
    equally_weak.weakest_areas,
    equally_weak.weakest_area_count,
    cast(ranked.compared_area_count as integer) as compared_area_count
from ranked
inner join equally_weak
    on
        ranked.indicator_ref = equally_weak.indicator_ref
        and ranked.month_end = equally_weak.month_end
-- every area has the same target (section 15), so the worst value is the furthest from it
where ranked.place = 1
qualify
    row_number() over (
        partition by ranked.indicator_ref, ranked.month_end
        order by ranked.denominator desc, ranked.area_code asc
    ) = 1
