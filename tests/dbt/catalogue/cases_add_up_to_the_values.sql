with

indicators as (

    -- a maximum is not a sum over cases
    select * from {{ ref('indicators') }} where numerator_stat <> 'maximum'

),

-- the last month stands for all: the view has a row per case and month that counts it
last_month as (

    select max(month_end) as month_end from {{ ref('fct_indicator_values') }}

),

computed as (

    select computed.*
    from {{ ref('fct_indicator_values') }} as computed
    inner join last_month
        on computed.month_end = last_month.month_end
    inner join indicators
        on computed.indicator_ref = indicators.indicator_ref
    where computed.availability in ('available', 'no_denominator')

),

by_area as (

    select
        cases.indicator_ref,
        cases.area_code,
        sum(cases.numerator) as numerator,
        sum(cases.denominator) as denominator
    from {{ ref('fct_indicator_cases') }} as cases
    inner join last_month
        on cases.month_end = last_month.month_end
    group by cases.indicator_ref, cases.area_code

),

summed as (

    select
        indicator_ref,
        'COUNTY' as area_code,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from by_area
    group by indicator_ref
    union all
    select
        indicator_ref,
        area_code,
        numerator,
        denominator
    from by_area
    where area_code <> 'COUNTY'

)

select
    computed.indicator_ref,
    computed.month_end,
    computed.area_code,
    computed.numerator,
    summed.numerator as numerator_of_cases,
    computed.denominator,
    summed.denominator as denominator_of_cases
from computed
inner join indicators
    on computed.indicator_ref = indicators.indicator_ref
left join summed
    on
        computed.indicator_ref = summed.indicator_ref
        and computed.area_code = summed.area_code
where
    coalesce(summed.numerator, 0) <> computed.numerator
    or (
        indicators.denominator_stat in ('count', 'measure')
        and coalesce(summed.denominator, 0) <> computed.denominator
    )
    -- a worker with cases in two localities is one worker in each, and one in the county: shares of
    -- a worker can add up only to the county, and not to the last digit
    or (
        indicators.denominator_stat = 'workers'
        and computed.area_code = 'COUNTY'
        and abs(coalesce(summed.denominator, 0) - computed.denominator) > 0.000001
    )
