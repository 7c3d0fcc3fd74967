with

periods as (select * from {{ ref('fct_lac_periods') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

-- the working day on which a child is due who came into care on working day `start_number`
due_days as (

    select
        calendar.calendar_date as due_date,
        calendar.month_end,
        parameters.iha_wd,
        calendar.working_day_number - parameters.iha_wd as start_number
    from calendar
    inner join parameters
        on calendar.month_end = parameters.month_end
    where calendar.is_working_day

),

assessments as (

    select * from {{ ref('fct_health_checks') }}
    where check_type_code = 'HEALTH_ASSESSMENT' and is_completed

),

-- 7.9: children whose twentieth working day in care falls in the month and who are still in care
cohort as (

    select
        periods.lac_period_id,
        periods.person_id,
        periods.start_date,
        due_days.start_number,
        due_days.due_date,
        due_days.month_end,
        due_days.iha_wd
    from periods
    inner join calendar as start_day
        on periods.start_date = start_day.calendar_date
    inner join due_days
        on start_day.working_day_number = due_days.start_number
    where {{ is_open_at('periods.start_date', 'periods.end_date', 'due_days.due_date') }}

),

assessed as (

    select
        cohort.lac_period_id,
        min(assessments.check_date) as first_check_date,
        min(check_day.working_day_number - cohort.start_number) as working_days_to_first_check
    from cohort
    inner join assessments
        on
            cohort.person_id = assessments.person_id
            and cohort.start_date <= assessments.check_date
            -- G43: only what was done by the end of the month
            and cohort.month_end >= assessments.check_date
    inner join calendar as check_day
        on assessments.check_date = check_day.calendar_date
    group by cohort.lac_period_id

)

select
    cohort.lac_period_id as case_id,
    cohort.person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cla_episodes' as source_table,
    cohort.lac_period_id as source_row_key,
    cohort.due_date as attribution_date,
    cohort.month_end,
    assessed.first_check_date as decided_on,

    -- 7.9: assessed by then; refused, planned or none (MD3) does not count
    cast(coalesce(assessed.working_days_to_first_check <= cohort.iha_wd, false) as double)
        as measure_lac_health_assessed_in_20_days

from cohort
left join assessed
    on cohort.lac_period_id = assessed.lac_period_id
