with

children as (select * from {{ ref('int_looked_after_at_month_end') }}),

months as (select * from {{ ref('int_reporting_months') }}),

last_checks as (select * from {{ ref('int_lac_last_checks_at_month_end') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

judged as (

    select
        children.*,
        last_checks.last_dental_check_date,
        last_checks.last_health_assessment_date,
        parameters.dental_months,
        -- 7.10: twice a year under five, otherwise yearly; age unknown is yearly
        case
            when {{ age_in_years('children.birth_date', 'children.month_end') }} < 5
                then parameters.ha_under5_months
            else parameters.ha_5plus_months
        end as health_assessment_months
    from children
    inner join months
        on
            children.month_end = months.month_end
            -- section 9: looked after throughout the rolling twelve months
            and children.start_date <= months.rolling_12_start
    inner join parameters
        on children.month_end = parameters.month_end
    inner join last_checks
        on
            children.person_id = last_checks.person_id
            and children.month_end = last_checks.month_end

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
    last_health_assessment_date as decided_on_lac_health_assessment_current,
    last_dental_check_date as decided_on_lac_dental_check_current,

    -- 7.10: a completed health assessment that is still valid; none (MD3) is not current
    cast(coalesce(
        month_end <= {{ add_months(
            'last_health_assessment_date', 'cast(health_assessment_months as integer)'
        ) }},
        false
    ) as double) as measure_lac_health_assessment_current,

    -- 7.11: the same for the dentist
    cast(coalesce(
        month_end <= {{ add_months('last_dental_check_date', 'cast(dental_months as integer)') }},
        false
    ) as double) as measure_lac_dental_check_current

from judged
