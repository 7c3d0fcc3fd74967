{# Landed texts: what surrounds a value, and what means no value. Regular expressions are RE2's,
   which cost no more than text functions; they differ between databases in name only. #}

{# Condition: a text matches a regular expression in full. #}
{% macro matches(expression, pattern) -%}
    {{ return(adapter.dispatch('matches', 'vital_signs')(expression, pattern)) }}
{%- endmacro %}

{% macro default__matches(expression, pattern) -%}
    regexp_like({{ expression }}, '^{{ pattern }}$')
{%- endmacro %}

{% macro duckdb__matches(expression, pattern) -%}
    regexp_full_match({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{# A text without the parts that match a regular expression. #}
{% macro without(expression, pattern) -%}
    {{ return(adapter.dispatch('without', 'vital_signs')(expression, pattern)) }}
{%- endmacro %}

{% macro default__without(expression, pattern) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '')
{%- endmacro %}

{% macro duckdb__without(expression, pattern) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '', 'g')
{%- endmacro %}

{# The members of a character class: what Unicode calls white space, control characters, and format
   characters, which have no width: joiners, marks of direction and of byte order (G68). #}
{% macro white_space() -%}
    \p{Z}\p{Cc}\p{Cf}
{%- endmacro %}

{# A text without white space at either end. #}
{% macro trimmed(column) -%}
    {{ without(column, '^[' ~ white_space() ~ ']+|[' ~ white_space() ~ ']+$') }}
{%- endmacro %}

{# Condition: a text is blank or means no value (rule GEN-06, G67), in upper or lower case and with
   or without brackets. This is the only list of such texts. #}
{% macro is_placeholder(column) -%}
    {%- set words = [
        'ssd_ph', 'placeholder_data', '-1(\\.0)?', '#?n/a', 'null', 'none', 'nan', 'nat', 'nil', 'na',
        '\\\\n',
    ] -%}
    {{ matches(
        column,
        '(?i)[' ~ white_space() ~ ']*'
        ~ '|[(\\[<{' ~ white_space() ~ ']*(' ~ words | join('|') ~ ')[)\\]>}' ~ white_space() ~ ']*'
    ) }}
{%- endmacro %}

{# Condition: a text is already an id in the form used for comparison: nothing around it, in
   capitals and ending in a digit, so not a placeholder. Most ids are. #}
{% macro is_plain_id(column) -%}
    {{ matches(column, '[0-9A-Z]*[0-9]') }}
{%- endmacro %}
