with

numbers as (

    select * from {{ ref('published_indicator_values') }} where edition = 'public'

),

parts as (

    select * from {{ ref('disclosure_indicator_parts') }}

),

counted as (

    select
        numbers.indicator_ref,
        numbers.month_end,
        numbers.area_code,
        max(case when parts.part = 'numerator' then numbers.numerator end) as numerator,
        max(case when parts.part = 'denominator' then numbers.denominator end) as denominator,
        count(*) filter (where parts.count_name like 'met:%') as share_count
    from numbers
    inner join parts
        on numbers.indicator_ref = parts.indicator_ref
    -- days added up are no count
    where parts.part = 'denominator' or parts.count_name not like 'cases:adoptions_%'
    group by numbers.indicator_ref, numbers.month_end, numbers.area_code

)

select *
from counted
where
    numerator between 1 and {{ var('small_count_limit') }}
    or denominator between 1 and {{ var('small_count_limit') }}
    or (share_count > 0 and denominator - numerator between 1 and {{ var('small_count_limit') }})
