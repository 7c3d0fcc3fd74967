{# The column is null in every row. Failures are shown, because the value says what is wrong. #}
{% test is_empty(model, column_name) -%}
    select {{ column_name }} from {{ model }} where {{ column_name }} is not null
{%- endtest %}
