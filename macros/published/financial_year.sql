{# The financial year of a day, April to March, as 2017-18. #}
{% macro financial_year(day) -%}
    cast(extract('year' from {{ financial_year_start_of(day) }}) as varchar) || '-'
    || right(cast(extract('year' from {{ financial_year_start_of(day) }}) + 1 as varchar), 2)
{%- endmacro %}
