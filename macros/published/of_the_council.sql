{# Decision 0037: targets, limits, benchmarks, flags and printed figures belong to the demonstration
   county alone. The one place to change when a council adds its own; a model that uses it joins
   dim_extract as extract_in_force. #}
{% macro of_the_council(expression) -%}
    case when extract_in_force.is_demonstration then {{ expression }} end
{%- endmacro %}
