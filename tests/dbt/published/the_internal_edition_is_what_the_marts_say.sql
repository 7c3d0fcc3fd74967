with

published_numbers as (

    select
        indicator_ref,
        month_end,
        area_code,
        value,
        numerator,
        denominator,
        ytd_value,
        is_not_recorded_by_locality
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
    -- where localities are not recorded, the marts' 0 is left out, and nothing else
    or published_numbers.is_not_recorded_by_locality and (
        published_numbers.value is not null
        or coalesce(marts.value, 0) <> 0
        or coalesce(marts.numerator, 0) <> 0
        or coalesce(marts.ytd_value, 0) <> 0
    )
    or not published_numbers.is_not_recorded_by_locality and (
        published_numbers.value is distinct from marts.value
        or published_numbers.numerator is distinct from marts.numerator
        or published_numbers.denominator is distinct from marts.denominator
        or published_numbers.ytd_value is distinct from marts.ytd_value
    )
