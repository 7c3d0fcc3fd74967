{# Fails for each value of a compound key that occurs more than once or has a missing part. #}
{% test unique_together(model, columns) -%}
    {{ repeated_or_incomplete_keys(model, columns) }}
{%- endtest %}
