{# Section 21 (a): how far the value is on the wrong side of the target, as a share of the target. #}
{% macro adverse_variance(value, target_value, polarity) -%}
    case {{ polarity }}
        when 'high' then {{ target_value }} - {{ value }}
        when 'low' then {{ value }} - {{ target_value }}
    end / nullif(abs({{ target_value }}), 0)
{%- endmacro %}

{# Section 21 (a): exactly at the limit is off target. Binary fractions miss some exact values (3.15
   against 3 is less than 5 % by 3 in 10 to the 17), so 12 decimals are compared. #}
{% macro is_off_target_by_variance(variance) -%}
    coalesce(round({{ variance }}, 12) >= {{ var('exception_variance') }}, false)
{%- endmacro %}

{# Rule (b) in words. Steps are taken on unrounded values: where two adjacent values are shown as
   equal, the words say so. Values from the newest to the oldest. #}
{% macro worsened_in_words(values, decimal_places, unit) -%}
    case
        when
            {% for newer in values[:-1] %}
                {{ displayed_text(newer, decimal_places, unit) }}
                = {{ displayed_text(values[loop.index], decimal_places, unit) }}
                {{ "or" if not loop.last }}
            {% endfor %}
            then 'worse three months in a row on unrounded values'
        else 'worse three months in a row'
    end
{%- endmacro %}

{# Section 21 (b): every step of the values, given from the newest to the oldest, worsened; an equal
   or missing step breaks the run. #}
{% macro has_worsened_throughout(values, polarity) -%}
    coalesce(
        {% for newer in values[:-1] %}
            {{ direction_of_travel(newer, values[loop.index], polarity) }} = 'worsened'
            {{ "and" if not loop.last }}
        {% endfor %},
        false
    )
{%- endmacro %}

{# Decision 0037: without the council's own targets and flags, only rule (b) can be judged. #}
{% macro council_exception_rules(exceptions) -%}
    case
        when extract_in_force.is_demonstration then {{ exceptions }}.exception_rules
        when {{ exceptions }}.exception_rules like '%b%' then 'b'
    end
{%- endmacro %}

{% macro council_exception_reason(exceptions) -%}
    case
        when extract_in_force.is_demonstration then {{ exceptions }}.exception_reason
        when {{ exceptions }}.exception_rules like '%b%'
            then {{ worsened_in_words(
                [
                    exceptions ~ '.value_m0', exceptions ~ '.value_m1', exceptions ~ '.value_m2',
                    exceptions ~ '.value_m3'
                ],
                exceptions ~ '.decimal_places', exceptions ~ '.unit'
            ) }}
    end
{%- endmacro %}
