{# A view: with one row per case and reported month it has many times the rows of the cases. #}
{{ config(materialized='view') }}

with

indicators as (select * from {{ ref('indicators') }}),

windows as (select * from {{ ref('int_reporting_windows') }}),

cases as (select * from {{ ref('fct_measure_cases') }}),

measures as (select * from {{ ref('measures') }}),

-- only reported months, and indicators that have their data
reported as (

    select
        spine.indicator_ref,
        spine.month_end
    from {{ ref('int_indicator_spine') }} as spine
    inner join {{ ref('int_reporting_months') }} as months
        on
            spine.month_end = months.month_end
            and months.is_reported
    where spine.area_code = 'COUNTY' and spine.availability = 'available'

),

worker_loads as (

    select
        measure,
        month_end,
        worker_id,
        count(*) as case_count
    from cases
    where worker_id is not null
    group by measure, month_end, worker_id

),

-- the measures an indicator uses: its own and, for a ratio of two counts, the other one
roles as (

    select
        indicator_ref,
        measure,
        true as is_numerator
    from indicators
    union all
    select
        indicator_ref,
        denominator_measure as measure,
        false as is_numerator
    from indicators
    where denominator_stat = 'measure'

)

select
    reported.indicator_ref,
    reported.month_end,
    cases.case_id,
    cases.person_id,
    case when indicators.lowest_area = 'county' then 'COUNTY' else cases.area_code end
        as area_code,
    cases.team_id,
    cases.worker_id,
    case
        when not roles.is_numerator then 0
        when indicators.numerator_stat = 'count' then 1
        else cases.measure_value
    end as numerator,
    case
        when not roles.is_numerator then 1
        when indicators.denominator_stat = 'count' then 1
        when indicators.denominator_stat = 'measure' then 0
        -- an average per worker: a worker's cases share the one worker between them
        when indicators.denominator_stat = 'workers' then 1.0 / worker_loads.case_count
    end as denominator,
    cases.source_table,
    cases.source_row_key,
    cases.decided_on,
    case
        when cases.decided_on is null then coalesce(measures.undecided_text, 'no date recorded')
        else measures.decided_by
    end as decided_by
from reported
inner join indicators
    on reported.indicator_ref = indicators.indicator_ref
inner join roles
    on indicators.indicator_ref = roles.indicator_ref
inner join windows
    on
        reported.month_end = windows.month_end
        and indicators.period_window = windows.period_window
inner join cases
    on
        roles.measure = cases.measure
        and windows.covered_month_end = cases.month_end
left join measures
    on cases.measure = measures.measure
left join worker_loads
    on
        cases.measure = worker_loads.measure
        and cases.month_end = worker_loads.month_end
        and cases.worker_id = worker_loads.worker_id
