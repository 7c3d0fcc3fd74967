{# Decision 0037: targets, limits, benchmarks, flags and printed figures are for the demonstration
   county alone. This is the one place to change when a council brings its own; a model that uses it
   joins dim_extract as extract_in_force. #}
{% macro of_the_council(expression) -%}
    case when extract_in_force.is_demonstration then {{ expression }} end
{%- endmacro %}
