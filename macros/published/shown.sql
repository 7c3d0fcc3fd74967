{# A figure in an edition, or null where the edition hides it. #}
{% macro shown(expression, is_hidden) -%}
    case when not {{ is_hidden }} then {{ expression }} end
{%- endmacro %}

{# The text in an edition: the figure as displayed, or the symbol for a suppressed one. #}
{% macro shown_text(value, decimal_places, unit, is_hidden) -%}
    case
        when not {{ is_hidden }} then {{ displayed_text(value, decimal_places, unit) }}
        else '{{ var("suppressed_sign") }}'
    end
{%- endmacro %}

{# The text in a locality's row: words where no case has a locality, instead of a misleading 0. #}
{% macro shown_text_of_locality(value, decimal_places, unit, is_hidden, is_unrecorded) -%}
    case
        when {{ is_unrecorded }} then 'not recorded by locality'
        else {{ shown_text(value, decimal_places, unit, is_hidden) }}
    end
{%- endmacro %}
