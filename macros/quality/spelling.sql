{# How ids are spelled. #}

{# Condition: a unique pupil number is well formed (PER-16): a check letter, the number of a council,
   ten more characters of which the last may be a letter. The letters I, O and S are not used. The
   check letter is the weighted sum of the twelve characters after it, from 2 to 13, modulo 23. #}
{% macro is_upn(column) -%}
    {%- set letters = 'ABCDEFGHJKLMNPQRTUVWXYZ' -%}
    coalesce(
        {{ matches(column, '[A-HJ-NP-RT-Z][2-9][0-9]{10}[0-9A-HJ-NP-RT-Z]') }}
        and substr(
            '{{ letters }}',
            1 + (
                {%- for place in range(2, 13) %}
                {{ place }} * coalesce(try_cast(substr({{ column }}, {{ place }}, 1) as integer), 0) +
                {%- endfor %}
                13 * coalesce(
                    try_cast(substr({{ column }}, 13, 1) as integer),
                    position(substr({{ column }}, 13, 1) in '{{ letters }}') - 1
                )
            ) % 23,
            1
        ) = substr({{ column }}, 1, 1),
        false
    )
{%- endmacro %}

{# The parts of a text, each on its own row; used in a select list. #}
{% macro split_to_rows(expression, separator) -%}
    {{ return(adapter.dispatch('split_to_rows', 'vital_signs')(expression, separator)) }}
{%- endmacro %}

{% macro default__split_to_rows(expression, separator) -%}
    explode(split({{ expression }}, '{{ separator }}'))
{%- endmacro %}

{% macro duckdb__split_to_rows(expression, separator) -%}
    unnest(string_split({{ expression }}, '{{ separator }}'))
{%- endmacro %}

{# The non-null values of a list, each on its own row; used in a select list. The
   caller's block makes the value of each item. #}
{% macro rows_of_list(items) -%}
    {%- set values = [] -%}
    {%- for item in items -%}
        {%- do values.append(caller(item)) -%}
    {%- endfor -%}
    {{ return(adapter.dispatch('rows_of_values', 'vital_signs')(values or ["cast(null as varchar)"])) }}
{%- endmacro %}

{% macro default__rows_of_values(values) -%}
    explode(filter(array({{ values | join(', ') }}), entry -> entry is not null))
{%- endmacro %}

{% macro duckdb__rows_of_values(values) -%}
    unnest(list_filter([{{ values | join(', ') }}], lambda entry: entry is not null))
{%- endmacro %}
