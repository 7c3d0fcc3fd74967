with

spine as (select * from {{ ref('int_indicator_spine') }}),

indicators as (select * from {{ ref('indicators') }}),

valued as (

    select
        parts.*,
        case
            when indicators.denominator_stat = 'none' then parts.numerator
            -- section 12: a share of nothing has no value
            else indicators.multiplier * parts.numerator / nullif(parts.denominator, 0)
        end as value
    from {{ ref('int_indicator_parts') }} as parts
    inner join indicators
        on parts.indicator_ref = indicators.indicator_ref

),

joined as (

    select
        spine.indicator_ref,
        spine.month_end,
        spine.area_code,
        case when spine.availability = 'available' then own.numerator end as numerator,
        case when spine.availability = 'available' then own.denominator end as denominator,
        case when spine.availability = 'available' then own.value end as value,
        -- G61: 2.8 has its year to date whenever it has a value
        spine.has_year_to_date
        or (indicators.ytd_rule = 'own' and spine.availability = 'available') as shows_year_to_date,
        year_to_date.numerator as ytd_numerator,
        year_to_date.denominator as ytd_denominator,
        year_to_date.value as ytd_value,
        spine.availability,
        spine.availability_reason
    from spine
    inner join indicators
        on spine.indicator_ref = indicators.indicator_ref
    inner join valued as own
        on
            spine.indicator_ref = own.indicator_ref
            and spine.month_end = own.month_end
            and spine.area_code = own.area_code
            and not own.is_year_to_date
    left join valued as year_to_date
        on
            spine.indicator_ref = year_to_date.indicator_ref
            and spine.month_end = year_to_date.month_end
            and spine.area_code = year_to_date.area_code
            and year_to_date.is_year_to_date

)

select
    indicator_ref,
    month_end,
    area_code,
    numerator,
    denominator,
    value,
    case when shows_year_to_date then ytd_numerator end as ytd_numerator,
    case when shows_year_to_date then ytd_denominator end as ytd_denominator,
    case when shows_year_to_date then ytd_value end as ytd_value,
    case
        -- G2
        when availability = 'available' and value is null then 'no_denominator'
        else availability
    end as availability,
    availability_reason
from joined
