with

months as (

    select * from {{ ref('int_reporting_months') }}

),

calendar_months as (

    select distinct month_end from {{ ref('dim_calendar_day') }}

),

windows as (

    select
        month_end,
        'month' as period_window,
        month_start as window_start
    from months
    union all
    select
        month_end,
        'rolling_3' as period_window,
        rolling_3_start as window_start
    from months
    union all
    select
        month_end,
        'rolling_12' as period_window,
        rolling_12_start as window_start
    from months
    union all
    select
        month_end,
        'year_to_date' as period_window,
        financial_year_start as window_start
    from months

)

select
    windows.month_end,
    windows.period_window,
    calendar_months.month_end as covered_month_end
from windows
inner join calendar_months
    on calendar_months.month_end between windows.window_start and windows.month_end
