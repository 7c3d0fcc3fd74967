{# What became of a printed figure: reproduced, not reproduced, or without anything to compare. #}
{% macro reconciliation_status(printed, computed) -%}
    case
        when {{ computed }} is null then 'not_computed'
        when {{ computed }} = {{ printed }} then 'equal'
        else 'differs'
    end
{%- endmacro %}
