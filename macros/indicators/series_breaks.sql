{# Would a comparison of a month with the one so many months before cross a break of the series? The
   break is the first month that is counted in the new way. #}
{% macro crosses_series_break(series_break_month, month_end, months_back) -%}
    coalesce(
        {{ dbt.datediff(series_break_month, month_end, 'month') }}
        between 0 and {{ months_back }} - 1,
        false
    )
{%- endmacro %}

{# The same for the year to date: it is compared with twelve months before its first month. #}
{% macro year_to_date_crosses_series_break(series_break_month, month_end) -%}
    {{ crosses_series_break(
        series_break_month,
        month_end,
        '12 + ' ~ dbt.datediff(financial_year_start_of(month_end), month_end, 'month')
    ) }}
{%- endmacro %}
