{# Fails for each value of a column that occurs more than once, or is null: one test instead of two,
   because a test costs more than its query. #}
{% test is_key(model, column_name) -%}
    {{ repeated_or_incomplete_keys(model, [column_name]) }}
{%- endtest %}
