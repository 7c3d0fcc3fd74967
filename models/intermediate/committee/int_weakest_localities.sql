with

computed as (select * from {{ ref('int_indicator_values') }}),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }}),

county as (select * from computed where area_code = 'COUNTY'),

-- a plain count says how large a locality is, and workers of two localities would count twice
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

)

select
    indicator_ref,
    month_end,
    area_code,
    area_name,
    numerator,
    denominator,
    value,
    value_elsewhere,
    -- at the average of the rest, a locality leaves the county at the average of the rest
    value_elsewhere - county_value as county_change
from compared
-- every area has the same target (section 15), so the worst value is the furthest from it
qualify
    row_number() over (
        partition by indicator_ref, month_end
        order by
            case polarity when 'high' then value else -value end asc,
            denominator desc,
            area_code asc
    ) = 1
