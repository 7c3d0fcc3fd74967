with

figures as (

    select * from {{ ref('fct_published_comparison') }}

)

select
    'internal' as edition,
    indicator_ref,
    month_end,
    measure,
    area_code,
    section_code,
    certainty,
    printed_value,
    decimal_places_printed,
    displayed_value,
    difference,
    status,
    reason,
    note
from figures
