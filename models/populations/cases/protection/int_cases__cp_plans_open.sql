with

children as (select * from {{ ref('int_on_cp_plan_at_month_end') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

visits as (

    select
        person_id,
        visit_date
    from {{ ref('fct_cp_visits') }}
    where was_child_seen

),

last_seen as (

    {{ latest_on_or_before('children', 'month_end', 'visits', 'visit_date') }}

),

anchored as (

    select
        children.*,
        -- 6.14: the last visit in the plan at which the child was seen, otherwise the plan's start
        greatest(children.start_date, last_seen.latest_date) as anchor_date
    from children
    left join last_seen
        on
            children.person_id = last_seen.person_id
            and children.month_end = last_seen.month_end

),

clocked as (

    select
        anchored.*,
        {{ working_days_between('anchor_day', 'month_end_day') }} as working_days_since_seen
    from anchored
    left join calendar as anchor_day
        on anchored.anchor_date = anchor_day.calendar_date
    left join calendar as month_end_day
        on anchored.month_end = month_end_day.calendar_date

)

select
    clocked.person_id as case_id,
    clocked.person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cp_plans' as source_table,
    clocked.plan_id as source_row_key,
    clocked.month_end as attribution_date,
    clocked.month_end,
    clocked.start_date as decided_on,
    clocked.anchor_date as decided_on_cp_child_seen_in_time,
    clocked.anchor_date as decided_on_cp_child_seen_in_20_days,

    -- 6.1
    cast(1 as double) as measure_child_on_cp_plan,

    -- 6.10: strictly more than; a plan that reaches the length on the last day has not passed it
    cast({{ add_months('clocked.start_date', 18) }} < clocked.month_end as double)
        as measure_on_cp_plan_over_18_months,
    cast({{ add_months('clocked.start_date', 24) }} < clocked.month_end as double)
        as measure_on_cp_plan_over_2_years,

    -- 6.14, with the limit in force, and 6.15, with a fixed one
    cast(clocked.working_days_since_seen <= parameters.cp_visit_wd as double)
        as measure_cp_child_seen_in_time,
    cast(clocked.working_days_since_seen <= parameters.cp_visit_wd_fixed as double)
        as measure_cp_child_seen_in_20_days

from clocked
inner join parameters
    on clocked.month_end = parameters.month_end
