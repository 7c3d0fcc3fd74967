{# Landed texts: what surrounds a value, and what stands for none. Regular expressions are RE2's,
   which costs no more than the functions for texts; they differ between databases in name only. #}

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

{# A text without whatever matches a regular expression in it. #}
{% macro without(expression, pattern) -%}
    {{ return(adapter.dispatch('without', 'vital_signs')(expression, pattern)) }}
{%- endmacro %}

{% macro default__without(expression, pattern) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '')
{%- endmacro %}

{% macro duckdb__without(expression, pattern) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '', 'g')
{%- endmacro %}

{# The members of a class of characters: what Unicode calls white space, control characters, and
   format characters, which have no width: joiners, marks of direction and of byte order (G68). #}
{% macro white_space() -%}
    \p{Z}\p{Cc}\p{Cf}
{%- endmacro %}

{# A text without white space at either end. #}
{% macro trimmed(column) -%}
    {{ without(column, '^[' ~ white_space() ~ ']+|[' ~ white_space() ~ ']+$') }}
{%- endmacro %}

{# Condition: a text is blank or stands for no value (rule GEN-06, G67), in any case and with or
   without brackets. This is the only list of such texts. #}
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

{# Condition: a text is an id as it is compared: nothing around it, in capitals and with a digit at
   its end, so no placeholder. Most ids are. #}
{% macro is_plain_id(column) -%}
    {{ matches(column, '[0-9A-Z]*[0-9]') }}
{%- endmacro %}
