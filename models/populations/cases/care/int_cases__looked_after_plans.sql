with

children as (select * from {{ ref('int_looked_after_at_month_end') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

last_checks as (select * from {{ ref('int_lac_last_checks_at_month_end') }}),

current_plans as (

    select
        person_id,
        month_end,
        max(case when plan_type_code = 'CARE' then last_activity_date end) as care_plan_date,
        max(case when plan_type_code = 'PATHWAY' then last_activity_date end)
            as pathway_plan_date
    from {{ ref('int_people_with_current_plan') }}
    group by person_id, month_end

),

-- the 31 August on or before the month's end decides who is of school age (7.13)
clocked as (

    select
        children.*,
        {{ working_days_between('start_day', 'month_end_day') }} as working_days_in_care,
        {{ add_days(add_months(
            "cast(" ~ dbt.date_trunc(
                'year', add_months(month_start_of('children.month_end'), -7)
            ) ~ " as date)", 8
        ), -1) }} as day_before_school_year
    from children
    left join calendar as start_day
        on children.start_date = start_day.calendar_date
    left join calendar as month_end_day
        on children.month_end = month_end_day.calendar_date

),

judged as (

    select
        clocked.*,
        last_checks.last_education_plan_date,
        parameters.plan_validity_pep_months,
        clocked.working_days_in_care > parameters.pep_due_wd
        and {{ age_in_years('clocked.birth_date', 'clocked.day_before_school_year') }}
        >= parameters.pep_first_age as is_pep_due,
        clocked.working_days_in_care > parameters.care_plan_due_wd as is_care_plan_due,
        -- 7.14: from that age a pathway plan is also accepted
        coalesce(
            current_plans.care_plan_date,
            case
                when
                    {{ add_months(
                        'clocked.birth_date', 'cast(parameters.pathway_age_months as integer)'
                    ) }} <= clocked.month_end
                    then current_plans.pathway_plan_date
            end
        ) as plan_date
    from clocked
    inner join parameters
        on clocked.month_end = parameters.month_end
    inner join last_checks
        on
            clocked.person_id = last_checks.person_id
            and clocked.month_end = last_checks.month_end
    left join current_plans
        on
            clocked.person_id = current_plans.person_id
            and clocked.month_end = current_plans.month_end

)

select
    person_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cla_episodes' as source_table,
    lac_period_id as source_row_key,
    month_end as attribution_date,
    month_end,
    start_date as decided_on,
    last_education_plan_date as decided_on_lac_pep_current,
    plan_date as decided_on_lac_care_plan_current,

    -- 7.13: a completed plan in this period of care that is still valid; age unknown is excluded
    case when is_pep_due then cast(coalesce(
        last_education_plan_date >= start_date
        and month_end <= {{ add_months(
            'last_education_plan_date', 'cast(plan_validity_pep_months as integer)'
        ) }},
        false
    ) as double) end as measure_lac_pep_current,

    -- 7.14: a current care plan, once it is due
    case when is_care_plan_due then cast(plan_date is not null as double) end
        as measure_lac_care_plan_current

from judged
