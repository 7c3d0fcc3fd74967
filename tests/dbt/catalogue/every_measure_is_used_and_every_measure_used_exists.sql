{# The columns are read from the database, so that an extract without rows does not hide one. #}
{%- set in_populations = [] -%}
{%- for population in case_populations() -%}
    {%- set relation = ref('int_cases__' ~ population) -%}
    {%- for column in adapter.get_columns_in_relation(relation) if execute -%}
        {%- if column.name.startswith('measure_') -%}
            {%- set _ = in_populations.append(column.name | replace('measure_', '', 1)) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endfor -%}

with

indicators as (

    select * from {{ ref('indicators') }}

),

used as (

    select measure from indicators
    union
    select denominator_measure as measure from indicators
    where denominator_stat = 'measure'

),

existing as (

    {% for measure in in_populations %}
        select '{{ measure }}' as measure
        union all
    {% endfor %}
    select measure from indicators
    where false

),

counted as (

    select measure from {{ ref('fct_measure_cases') }}
    group by measure

)

select
    used.measure,
    'no population has it, so nothing is counted: add a column measure_' || used.measure
    || ' in models/intermediate/indicator_cases, or correct seeds/indicators/indicators.csv'
        as problem
from used
left join existing
    on used.measure = existing.measure
where existing.measure is null

union all

select
    existing.measure,
    'no indicator uses it: add its line to seeds/indicators/indicators.csv' as problem
from existing
left join used
    on existing.measure = used.measure
where used.measure is null

union all

select
    existing.measure,
    'more than one population has it' as problem
from existing
group by existing.measure
having count(*) > 1

union all

select
    counted.measure,
    'cases have it and no indicator does' as problem
from counted
left join used
    on counted.measure = used.measure
where used.measure is null
