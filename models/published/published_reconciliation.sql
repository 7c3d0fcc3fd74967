with

editions as (select * from {{ ref('editions') }}),

hidden_parts as (select * from {{ ref('disclosure_editions') }}),

figures as (select * from {{ ref('printed_comparison') }})

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
cross join editions
left join hidden_parts
    on
        editions.edition = hidden_parts.edition
        and figures.indicator_ref = hidden_parts.indicator_ref
        and figures.month_end = hidden_parts.month_end
        and figures.area_code = hidden_parts.area_code
-- a month that is not reported has no row: nothing there is known to be safe
where
    not coalesce(hidden_parts.hides_m0, editions.hides_small_counts)
    and not coalesce(hidden_parts.hides_m12, editions.hides_small_counts)
