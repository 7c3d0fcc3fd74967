{# Which printed figures does the warehouse not reproduce? Every figure that differs, the largest
   relative difference first, with the reason where there is one. Only useful for the report's own
   county or the demonstration extract.
   dbt show --select reconciliation_differences --limit 200 #}

with

compared as (

    select * from {{ ref('printed_comparison') }} where status <> 'equal'

),

indicators as (

    select * from {{ ref('indicators') }}

)

select
    compared.indicator_ref,
    indicators.indicator_name,
    compared.measure,
    compared.month_end,
    compared.area_code,
    compared.printed_value,
    compared.displayed_value,
    compared.difference,
    100 * abs(compared.difference) / nullif(abs(compared.printed_value), 0) as percent_off,
    compared.status,
    compared.certainty,
    compared.reason
from compared
inner join indicators
    on compared.indicator_ref = indicators.indicator_ref
order by
    percent_off desc nulls first,
    indicators.display_order asc,
    compared.month_end asc
