with

periods as (select * from {{ ref('fct_lac_periods') }})

select
    lac_period_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cla_episodes' as source_table,
    lac_period_id as source_row_key,
    start_date as attribution_date,
    {{ month_end_of('start_date') }} as month_end,
    start_date as decided_on,

    -- 7.3: a child who enters care twice counts twice
    cast(1 as double) as measure_lac_started

from periods
