with

published_numbers as (

    select
        indicator_ref,
        month_end,
        area_code,
        value,
        numerator,
        denominator,
        ytd_value
    from {{ ref('published_indicator_values') }}
    where edition = 'internal'

),

marts as (

    select
        indicator_ref,
        month_end,
        area_code,
        value,
        numerator,
        denominator,
        ytd_value
    from {{ ref('fct_indicator_values') }}

)

select
    coalesce(published_numbers.indicator_ref, marts.indicator_ref) as indicator_ref,
    coalesce(published_numbers.month_end, marts.month_end) as month_end,
    coalesce(published_numbers.area_code, marts.area_code) as area_code
from published_numbers
full outer join marts
    on
        published_numbers.indicator_ref = marts.indicator_ref
        and published_numbers.month_end = marts.month_end
        and published_numbers.area_code = marts.area_code
where
    published_numbers.indicator_ref is null
    or marts.indicator_ref is null
    or published_numbers.value is distinct from marts.value
    or published_numbers.numerator is distinct from marts.numerator
    or published_numbers.denominator is distinct from marts.denominator
    or published_numbers.ytd_value is distinct from marts.ytd_value
