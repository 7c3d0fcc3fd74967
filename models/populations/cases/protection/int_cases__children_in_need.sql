with

children as (select * from {{ ref('int_in_need_at_month_end') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

allocated as (select * from {{ ref('int_allocated_at_month_end') }}),

current_plans as (

    select * from {{ ref('int_people_with_current_plan') }} where plan_type_code = 'CIN'

),

judged as (

    select
        children.*,
        coalesce(allocated.team_type_code = 'ASSESSMENT', false) as is_in_assessment_team,
        -- 5.5: a plan is due from that working day on, the day itself included
        {{ working_days_between('received_day', 'month_end_day') }} >= parameters.cin_plan_wd
            as is_plan_due,
        current_plans.person_id is not null as has_current_plan,
        current_plans.last_activity_date
    from children
    inner join parameters
        on children.month_end = parameters.month_end
    left join calendar as month_end_day
        on children.month_end = month_end_day.calendar_date
    left join calendar as received_day
        on children.received_date = received_day.calendar_date
    left join allocated
        on
            children.person_id = allocated.person_id
            and children.month_end = allocated.month_end
    left join current_plans
        on
            children.person_id = current_plans.person_id
            and children.month_end = current_plans.month_end

)

select
    person_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cin_episodes' as source_table,
    referral_id as source_row_key,
    month_end as attribution_date,
    month_end,
    received_date as decided_on,
    last_activity_date as decided_on_cin_plan_current,
    last_activity_date as decided_on_cin_plan_current_outside_assessment,

    -- 5.1: in need under section 17
    cast(1 as double) as measure_child_in_need,

    -- 5.5: has an up-to-date plan, of those whose plan is due
    case when is_plan_due then cast(has_current_plan as double) end as measure_cin_plan_current,

    -- 5.4: the same outside the assessment teams; a child without a team stays in
    case when is_plan_due and not is_in_assessment_team then cast(has_current_plan as double) end
        as measure_cin_plan_current_outside_assessment

from judged
