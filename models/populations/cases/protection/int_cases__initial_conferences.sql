with

conferences as (select * from {{ ref('fct_initial_conferences') }} where conference_type = 'ICPC'),

parameters as (select * from {{ ref('int_parameters_by_month') }})

select
    conferences.conference_id as case_id,
    conferences.person_id,
    conferences.team_id,
    cast(null as varchar) as worker_id,
    'ssd_initial_cp_conference' as source_table,
    conferences.conference_id as source_row_key,
    conferences.held_date as attribution_date,
    parameters.month_end,
    conferences.held_date as decided_on,
    conferences.strategy_date as decided_on_icpc_in_time,

    -- 6.3
    cast(1 as double) as measure_initial_conference_held,

    -- 6.4: without a strategy date, or with one after the conference (MD2), not in time
    cast(coalesce(conferences.working_days_from_strategy <= parameters.icpc_wd, false) as double)
        as measure_icpc_in_time

from conferences
inner join parameters
    on {{ month_end_of('conferences.held_date') }} = parameters.month_end
