with

months as (select * from {{ ref('int_reporting_months') }}),

calendar_months as (select distinct month_end from {{ ref('dim_calendar_day') }}),

windows as (

    {% for period_window, window_start in [
        ('month', 'month_start'), ('rolling_3', 'rolling_3_start'),
        ('rolling_12', 'rolling_12_start'), ('year_to_date', 'financial_year_start'),
    ] %}
        select
            month_end,
            '{{ period_window }}' as period_window,
            {{ window_start }} as window_start
        from months
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    windows.month_end,
    windows.period_window,
    calendar_months.month_end as covered_month_end
from windows
inner join calendar_months
    on calendar_months.month_end between windows.window_start and windows.month_end
