{# True if comparing a month with the one that many months earlier would cross a series break. The
   break is the first month counted in the new way. #}
{% macro crosses_series_break(series_break_month, month_end, months_back) -%}
    coalesce(
        {{ dbt.datediff(series_break_month, month_end, 'month') }}
        between 0 and {{ months_back }} - 1,
        false
    )
{%- endmacro %}

{# The same for the year to date: it is compared with the twelve months before its first month. #}
{% macro year_to_date_crosses_series_break(series_break_month, month_end) -%}
    {{ crosses_series_break(
        series_break_month,
        month_end,
        '12 + ' ~ dbt.datediff(financial_year_start_of(month_end), month_end, 'month')
    ) }}
{%- endmacro %}

{# A value from that many months earlier, or null where it was counted in a different way: a
   comparison with null has no direction. The model joins dim_series_breaks as
   breaks. #}
{% macro comparable_value(value, month_end, months_back) -%}
    case
        when not {{ crosses_series_break('breaks.series_break_month', month_end, months_back) }}
            then {{ value }}
    end
{%- endmacro %}
