with

children as (select * from {{ ref('int_looked_after_at_month_end') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

placements as (select * from {{ ref('int_current_placements_at_month_end') }}),

last_checks as (select * from {{ ref('int_lac_last_checks_at_month_end') }}),

long_term_plans as (select * from {{ ref('int_lac_with_long_term_plan') }}),

judged as (

    select
        children.person_id,
        children.lac_period_id,
        children.month_end,
        parameters.lac_visit_first_days,
        parameters.lac_visit_days,
        parameters.lac_visit_longterm_months,
        -- a period with only temporary stays so far has no spell and counts from its start
        coalesce(placements.spell_start_date, children.start_date) as spell_start_date,
        case
            when
                last_checks.last_seen_date
                >= coalesce(placements.spell_start_date, children.start_date)
                then last_checks.last_seen_date
        end as last_seen_date,
        -- 7.15: intended to last until 18, and a year old
        coalesce(
            (
                placements.placement_type_code in ('U1', 'U4')
                or long_term_plans.person_id is not null
            )
            and {{ add_months('coalesce(placements.spell_start_date, children.start_date)', 12) }}
            <= children.month_end,
            false
        ) as is_long_term
    from children
    inner join parameters
        on children.month_end = parameters.month_end
    inner join last_checks
        on
            children.person_id = last_checks.person_id
            and children.month_end = last_checks.month_end
    left join placements
        on
            children.person_id = placements.person_id
            and children.month_end = placements.month_end
    left join long_term_plans
        on
            children.person_id = long_term_plans.person_id
            and children.month_end = long_term_plans.month_end

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
    coalesce(last_seen_date, spell_start_date) as decided_on,

    -- 7.15: not yet seen in this placement: first visit not overdue; already seen: next not overdue
    cast(case
        when last_seen_date is null
            then month_end <= {{ add_days(
                'spell_start_date', 'cast(lac_visit_first_days as integer)'
            ) }}
        else
            month_end <= {{ add_days('last_seen_date', 'cast(lac_visit_days as integer)') }}
            or (
                is_long_term
                and month_end <= {{ add_months(
                    'last_seen_date', 'cast(lac_visit_longterm_months as integer)'
                ) }}
            )
    end as double) as measure_lac_seen_in_time

from judged
