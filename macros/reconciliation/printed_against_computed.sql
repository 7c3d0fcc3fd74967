{# What happened to a printed figure: reproduced, not reproduced, or nothing to compare it with. #}
{% macro reconciliation_status(printed, computed) -%}
    case
        when {{ computed }} is null then 'not_computed'
        when {{ computed }} = {{ printed }} then 'equal'
        else 'differs'
    end
{%- endmacro %}

{# Why there is nothing to compare it with, by the availability of the figure. #}
{% macro reason_not_computed(availability) -%}
    case {{ availability }}
        when 'not_available' then 'a table that it needs is not in the extract'
        when 'insufficient_history' then 'the extract does not go back far enough'
        when 'no_denominator' then 'nothing to divide by: no population of the area, or no case'
        when 'not_reported' then 'the month is not computed'
    end
{%- endmacro %}
