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

measures as (

    select * from {{ ref('measures') }}

),

{% for population in case_populations() %}
    {% set apart = measures_decided_apart(population) %}
    range_of_{{ population }} as (

        select
            {% for measure in measures_of(population) %}
                {% set decided_on = 'decided_on' ~ ('_' ~ measure if measure in apart else '') %}
                min(measure_{{ measure }}) as lowest_{{ measure }},
                max(measure_{{ measure }}) as highest_{{ measure }},
                count(*) filter (
                    where measure_{{ measure }} is not null and {{ decided_on }} is null
                ) as undecided_{{ measure }},
            {% endfor %}
            count(*) as cases
        from {{ ref('int_cases__' ~ population) }}

    ),
{% endfor %}

counted as (

    {% for population in case_populations() %}
        {% set measures = measures_of(population) %}
        select
            measures.measure,
            {{ column_of_measure('measures.measure', 'lowest_', measures) }} as lowest_value,
            {{ column_of_measure('measures.measure', 'highest_', measures) }} as highest_value,
            {{ column_of_measure('measures.measure', 'undecided_', measures) }}
                as undecided_count
        from range_of_{{ population }}
        cross join {{ rows_of_measures(measures) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    used.measure,
    'no population has it, so nothing is counted: add a column measure_' || used.measure
    || ' in models/populations/cases, or correct seeds/indicators/indicators.csv'
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
    existing.measure,
    'the YAML of its population does not describe its column, so it is not counted' as problem
from existing
left join counted
    on existing.measure = counted.measure
where counted.measure is null

union all

select
    existing.measure,
    'the seed measures does not describe it' as problem
from existing
left join measures
    on existing.measure = measures.measure
where measures.measure is null

union all

select
    measures.measure,
    'the seed measures describes it but no population has it' as problem
from measures
left join existing
    on measures.measure = existing.measure
where existing.measure is null

union all

-- a count that borrows a rule's name would say in the trace that it counts what meets the rule
select
    indicators.measure,
    indicators.indicator_ref || ' counts its cases: give the count a measure of its own' as problem
from indicators
inner join measures
    on indicators.measure = measures.measure
where indicators.numerator_stat = 'count' and measures.kind <> 'count'

union all

select
    indicators.measure,
    indicators.indicator_ref || ' adds up a value that is 1 for every case: use count' as problem
from indicators
inner join measures
    on indicators.measure = measures.measure
where indicators.numerator_stat = 'sum' and measures.kind = 'count'

union all

select
    indicators.denominator_measure as measure,
    indicators.indicator_ref || ' divides by its cases: give the count a measure of its own'
        as problem
from indicators
inner join measures
    on indicators.denominator_measure = measures.measure
where indicators.denominator_stat = 'measure' and measures.kind <> 'count'

union all

select
    counted.measure,
    'its values are not those of its kind' as problem
from counted
inner join measures
    on counted.measure = measures.measure
where
    (measures.kind = 'count' and (counted.lowest_value <> 1 or counted.highest_value <> 1))
    or (measures.kind = 'standard' and (counted.lowest_value < 0 or counted.highest_value > 1))

union all

select
    counted.measure,
    'a case has no deciding date, and the seed measures has no undecided_text' as problem
from counted
inner join measures
    on counted.measure = measures.measure
where counted.undecided_count > 0 and measures.undecided_text is null
