{# The keys of a relation that occur more than once or have a part missing. It is a separate macro
   so that a test can try it on rows of its choice. #}
{% macro repeated_or_incomplete_keys(rows_tested, key_columns) -%}
    select
        {{ key_columns | join(', ') }},
        count(*) as rows_with_key
    from {{ rows_tested }}
    group by {{ key_columns | join(', ') }}
    having
        count(*) > 1
        {%- for column in key_columns %}
        or {{ column }} is null
        {%- endfor %}
{%- endmacro %}
