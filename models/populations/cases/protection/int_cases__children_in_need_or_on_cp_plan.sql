with

children as (

    select
        person_id,
        'ssd_cin_episodes' as source_table,
        referral_id as source_row_key,
        month_end,
        received_date as began_on
    from {{ ref('int_in_need_at_month_end') }}
    union all
    select
        person_id,
        'ssd_cp_plans' as source_table,
        plan_id as source_row_key,
        month_end,
        start_date as began_on
    from {{ ref('int_on_cp_plan_at_month_end') }}

)

select
    person_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    source_table,
    source_row_key,
    month_end as attribution_date,
    month_end,
    began_on as decided_on,

    -- 5.2: 5.1 and 6.1 together; no child is in both
    cast(1 as double) as measure_child_in_need_or_on_cp_plan

from children
