with

periods as (select * from {{ ref('fct_lac_periods') }}),

months as (select * from {{ ref('int_reporting_months') }})

select
    periods.lac_period_id,
    periods.person_id,
    periods.birth_date,
    periods.start_date,
    months.month_end
from periods
inner join months
    on {{ is_open_at('periods.start_date', 'periods.end_date', 'months.month_end') }}
where
    -- section 9: care ends at 18, whatever the data say; G24: age unknown is included
    {{ is_child_at('periods', 'months.month_end') }}
    and periods.person_id is not null
