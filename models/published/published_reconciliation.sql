with

editions as (

    select * from {{ ref('disclosure_editions') }}

),

figures as (

    select * from {{ ref('fct_published_comparison') }}

)

select
    editions.edition,
    figures.indicator_ref,
    figures.month_end,
    figures.measure,
    figures.area_code,
    figures.section_code,
    figures.certainty,
    figures.printed_value,
    figures.decimal_places_printed,
    figures.displayed_value,
    figures.difference,
    figures.status,
    figures.reason,
    figures.note
from figures
inner join editions
    on
        figures.indicator_ref = editions.indicator_ref
        and figures.month_end = editions.month_end
        and figures.area_code = editions.area_code
where
    not editions.hides_m0
    and not editions.hides_m12
