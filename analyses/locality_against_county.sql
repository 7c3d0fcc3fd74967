{# How has a locality performed against the county? Every reported month of one indicator: both
   values, the difference in points, how many cases are behind the locality's, and the RAG of each.
   dbt show --select locality_against_county --vars '{analysis_ref: "3.3", analysis_area: NORWICH}' #}
with

figures as (

    select * from {{ ref('indicator_values_long') }}
    where indicator_ref = '{{ var("analysis_ref", "3.3") }}'

)

select
    locality.month_end,
    locality.area_name,
    locality.value_text as locality_value,
    county.value_text as county_value,
    locality.value - county.value as difference,
    locality.numerator as locality_numerator,
    locality.denominator as locality_denominator,
    locality.rag_status as locality_rag,
    county.rag_status as county_rag
from figures as locality
inner join figures as county
    on
        locality.month_end = county.month_end
        and county.area_code = 'COUNTY'
where locality.area_code = '{{ var("analysis_area", "NORWICH") }}'
order by locality.month_end asc
