with

numbers as (

    select * from {{ ref('published_indicator_values') }} where edition = 'internal'

),

indicators as (

    select * from {{ ref('indicators') }}

)

-- section 12 in whole numbers, against the rounding of the unrounded value
select
    numbers.indicator_ref,
    numbers.month_end,
    numbers.area_code,
    numbers.value_text
from numbers
inner join indicators
    on numbers.indicator_ref = indicators.indicator_ref
where
    numbers.denominator > 0
    and {{ displayed_ratio(
        'numbers.numerator', 'numbers.denominator', 'indicators.multiplier',
        'indicators.decimal_places'
    ) }} <> {{ rounded_half_up('numbers.value', 'indicators.decimal_places') }}
