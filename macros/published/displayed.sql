{# Section 12: half up, away from zero. The billionth corrects doubles that end just below the half
   (57 / 200 x 100); no percentage of fewer than ten million comes that close without being one. #}
{% macro rounded_half_up(value, decimal_places) -%}
    sign({{ value }}) * floor(
        abs({{ value }}) * power(10, {{ decimal_places }}) + 0.5 + 0.000000001
    ) / power(10, {{ decimal_places }})
{%- endmacro %}

{# A figure as printed in the reports: 1,403 or 56.0%; a dash where no figure is available. #}
{% macro displayed_text(value, decimal_places, unit) -%}
    coalesce(
        {{ number_text(rounded_half_up(value, decimal_places), decimal_places) }}
        || case when {{ unit }} = 'percent' then '%' else '' end,
        '-'
    )
{%- endmacro %}

{# A rounded number with the given decimal places and thousands separators. #}
{% macro number_text(value, decimal_places) -%}
    {{ return(adapter.dispatch('number_text', 'vital_signs')(value, decimal_places)) }}
{%- endmacro %}

{% macro duckdb__number_text(value, decimal_places) -%}
    format('{:,.' || {{ decimal_places }} || 'f}', {{ value }})
{%- endmacro %}
