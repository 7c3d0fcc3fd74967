{# A number of an edition, or null where the edition hides it. #}
{% macro shown(expression, is_hidden) -%}
    case when not {{ is_hidden }} then {{ expression }} end
{%- endmacro %}

{# The text of an edition: the number as displayed, or the sign of a suppressed one. #}
{% macro shown_text(value, decimal_places, unit, is_hidden) -%}
    case
        when not {{ is_hidden }} then {{ displayed_text(value, decimal_places, unit) }}
        else '{{ var("suppressed_sign") }}'
    end
{%- endmacro %}
