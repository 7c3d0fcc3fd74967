{# A view: with one row per case and reported month it has many times the rows of the cases. #}
{{ config(materialized='view') }}

with

cases as (

    select *
    from {{ ref('int_figure_cases') }}
    where period = 'month' and measure_value is not null

),

worker_loads as (

    select
        measure,
        month_end,
        worker_id,
        sum(case_count) as case_count
    from {{ ref('int_worker_loads') }}
    group by measure, month_end, worker_id

)

select
    cases.indicator_ref,
    cases.month_end,
    cases.case_id,
    cases.person_id,
    cases.area_code,
    cases.team_id,
    cases.worker_id,
    cases.numerator,
    case
        -- an average per worker: a worker's cases share the one worker between them
        when cases.is_per_worker then 1.0 / worker_loads.case_count
        else cases.denominator
    end as denominator,
    cases.source_table,
    cases.source_row_key,
    cases.decided_on,
    cases.decided_by
from cases
left join worker_loads
    on
        cases.measure = worker_loads.measure
        and cases.case_month_end = worker_loads.month_end
        and cases.worker_id = worker_loads.worker_id
