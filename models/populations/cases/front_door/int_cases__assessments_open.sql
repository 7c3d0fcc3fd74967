with

assessments as (select * from {{ ref('fct_assessments') }}),

months as (select * from {{ ref('int_reporting_months') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

calendar as (select * from {{ ref('dim_calendar_day') }})

select
    assessments.assessment_id as case_id,
    assessments.person_id,
    assessments.team_id,
    cast(null as varchar) as worker_id,
    'ssd_cin_assessments' as source_table,
    assessments.assessment_id as source_row_key,
    months.month_end as attribution_date,
    months.month_end,
    assessments.clock_start_date as decided_on,

    -- 3.4: past the limit at the end of the month; exactly on it is not overdue
    cast(coalesce(
        {{ working_days_between('clock_start_day', 'month_end_day') }} > parameters.assessment_wd,
        false
    ) as double) as measure_assessment_overdue

from assessments
inner join months
    on {{ is_open_at('assessments.start_date', 'assessments.authorised_date', 'months.month_end') }}
inner join parameters
    on months.month_end = parameters.month_end
inner join calendar as month_end_day
    on months.month_end = month_end_day.calendar_date
left join calendar as clock_start_day
    on assessments.clock_start_date = clock_start_day.calendar_date
