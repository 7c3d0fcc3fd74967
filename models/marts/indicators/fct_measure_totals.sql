with

cases as (select * from {{ ref('fct_measure_cases') }}),

windows as (select * from {{ ref('int_reporting_windows') }}),

-- workers matter only where an indicator compares or counts them
measures_by_worker as (

    select distinct measure
    from {{ ref('indicators') }}
    where numerator_stat = 'maximum' or denominator_stat = 'workers'

),

told_apart as (

    select
        cases.measure,
        cases.month_end,
        cases.area_code,
        case when measures_by_worker.measure is not null then cases.worker_id end as worker_id,
        cases.measure_value
    from cases
    left join measures_by_worker
        on cases.measure = measures_by_worker.measure

),

-- county from all rows, not from the localities (section 10)
by_worker as (

    select
        measure,
        month_end,
        coalesce(area_code, 'COUNTY') as area_code,
        worker_id,
        count(*) as case_count,
        sum(measure_value) as measure_sum
    from told_apart
    group by grouping sets (
        (measure, month_end, worker_id),
        (measure, month_end, worker_id, area_code)
    )

),

by_month as (

    select
        measure,
        month_end,
        area_code,
        sum(case_count) as case_count,
        sum(measure_sum) as measure_sum,
        count(worker_id) as worker_count,
        max(case when worker_id is not null then measure_sum end) as largest_worker_sum
    from by_worker
    group by measure, month_end, area_code

)

select
    by_month.measure,
    windows.month_end,
    windows.period_window,
    by_month.area_code,
    cast(sum(by_month.case_count) as double) as case_count,
    cast(sum(by_month.measure_sum) as double) as measure_sum,
    -- workers are counted and compared within a month; over longer windows they would repeat
    cast(
        case when windows.period_window = 'month' then sum(by_month.worker_count) end as double
    ) as worker_count,
    case when windows.period_window = 'month' then max(by_month.largest_worker_sum) end
        as largest_worker_sum
from by_month
inner join windows
    on by_month.month_end = windows.covered_month_end
group by by_month.measure, windows.month_end, windows.period_window, by_month.area_code
