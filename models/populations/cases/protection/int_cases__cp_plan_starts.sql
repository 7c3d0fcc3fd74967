with

plans as (select * from {{ ref('fct_cp_plans') }})

select
    plan_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cp_plans' as source_table,
    plan_id as source_row_key,
    start_date as attribution_date,
    {{ month_end_of('start_date') }} as month_end,
    start_date as decided_on,
    greatest(earlier_plan_end_date, previous_plan_end_date)
        as decided_on_cp_plan_start_within_2_years,

    -- 6.6
    cast(1 as double) as measure_cp_plan_started,

    -- 6.8: an earlier plan that ended in the two years before, ours or as recorded (G52)
    cast(
        coalesce(earlier_plan_end_date >= {{ add_months('start_date', -24) }}, false)
        or coalesce(previous_plan_end_date >= {{ add_months('start_date', -24) }}, false)
        as double
    ) as measure_cp_plan_start_within_2_years,

    -- 6.9: any earlier plan, at any time; a missing count with no earlier row is a first plan (MD3)
    cast(plan_number > 1 or coalesce(previous_plans > 0, false) as double)
        as measure_cp_plan_start_second_or_later

from plans
