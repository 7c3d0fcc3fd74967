with

allocations as (select * from {{ ref('int_allocations_usable') }}),

months as (select * from {{ ref('int_reporting_months') }}),

allocated_at_month_end as (select * from {{ ref('int_allocated_at_month_end') }}),

changes as (

    select
        person_id,
        {{ month_end_of('changed_date') }} as month_end,
        bool_or(is_other_team) as has_other_team,
        -- the change that counts the child in C1, otherwise the last one
        coalesce(max(case when is_other_team then changed_date end), max(changed_date))
            as deciding_change_date
    from {{ ref('int_worker_changes') }}
    group by person_id, {{ month_end_of('changed_date') }}

),

-- G60: with nothing open at the end of the month, the allocation that ended last
children as (

    select
        allocations.person_id,
        allocations.allocation_id,
        allocations.worker_id,
        allocations.team_id,
        months.month_end
    from allocations
    inner join months
        on {{ is_open_during(
            'allocations.start_date', 'allocations.end_date',
            'months.month_start', 'months.month_end'
        ) }}
    qualify
        row_number() over (
            partition by allocations.person_id, months.month_end
            order by
                allocations.end_date desc nulls first,
                allocations.start_date desc,
                allocations.allocation_id desc
        ) = 1

)

select
    children.person_id as case_id,
    children.person_id,
    case
        when allocated_at_month_end.person_id is not null then allocated_at_month_end.team_id
        else children.team_id
    end as team_id,
    coalesce(allocated_at_month_end.worker_id, children.worker_id) as worker_id,
    'ssd_involvements' as source_table,
    coalesce(allocated_at_month_end.allocation_id, children.allocation_id) as source_row_key,
    children.month_end as attribution_date,
    children.month_end,
    changes.deciding_change_date as decided_on,

    -- C1: another worker and another team at least once in the month
    cast(coalesce(changes.has_other_team, false) as double) as measure_worker_and_team_changed,

    -- C2: another worker in the same team, and no change under C1
    cast(coalesce(not changes.has_other_team, false) as double) as measure_worker_changed_in_team

from children
left join allocated_at_month_end
    on
        children.person_id = allocated_at_month_end.person_id
        and children.month_end = allocated_at_month_end.month_end
left join changes
    on
        children.person_id = changes.person_id
        and children.month_end = changes.month_end
