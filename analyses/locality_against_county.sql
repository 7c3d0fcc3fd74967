{# How has a locality performed against the county? Every reported month of one indicator: both
   values, the difference in points, how many cases are behind the locality's, and the RAG of each.
   dbt show --select locality_against_county --vars '{analysis_ref: "3.3", analysis_area: NORWICH}' #}
{% set wanted_ref = var('analysis_ref', '3.3') %}
{% set wanted_area = var('analysis_area', 'NORWICH') %}

with

localities as (

    select * from {{ ref('detail_localities') }} where indicator_ref = '{{ wanted_ref }}'

)

select
    locality.month_end,
    locality.area_name,
    locality.value as locality_value,
    county.value as county_value,
    locality.value - county.value as difference,
    locality.numerator as locality_numerator,
    locality.denominator as locality_denominator,
    locality.rag_status as locality_rag,
    county.rag_status as county_rag
from localities as locality
inner join localities as county
    on
        locality.month_end = county.month_end
        and county.area_code = 'COUNTY'
where locality.area_code = '{{ wanted_area }}'
order by locality.month_end asc
