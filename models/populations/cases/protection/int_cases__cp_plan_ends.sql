with

plans as (select * from {{ ref('fct_cp_plans') }} where is_ceasing)

select
    plan_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cp_plans' as source_table,
    plan_id as source_row_key,
    -- G11: the allocation of the day before the end
    {{ add_days('end_date', -1) }} as attribution_date,
    {{ month_end_of('end_date') }} as month_end,
    end_date as decided_on,
    start_date as decided_on_cp_plan_end_after_2_years,

    -- 6.11a
    cast(1 as double) as measure_cp_plan_ended,

    -- 6.11b: lasted two years or more
    cast(end_date >= {{ add_months('start_date', 24) }} as double)
        as measure_cp_plan_end_after_2_years

from plans
