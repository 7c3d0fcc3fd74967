with

indicators as (

    -- 1.6 divides two separate counts and may exceed 100 (section 12)
    select * from {{ ref('indicators') }}
    where unit = 'percent' and denominator_stat <> 'measure'

),

computed as (

    select * from {{ ref('fct_indicator_values') }}

),

shares as (

    select
        indicator_ref,
        month_end,
        area_code,
        numerator,
        denominator,
        value as percentage
    from computed
    union all
    select
        indicator_ref,
        month_end,
        area_code,
        ytd_numerator as numerator,
        ytd_denominator as denominator,
        ytd_value as percentage
    from computed

)

select shares.*
from shares
inner join indicators
    on shares.indicator_ref = indicators.indicator_ref
where
    shares.numerator > shares.denominator
    or shares.numerator < 0
    or shares.percentage not between 0 and 100
    or (shares.denominator > 0 and shares.percentage is null)
