with

involvements as (

    select
        involvement_id,
        worker_id,
        team_id,
        role_code,
        change_reason_code,
        is_allocated,
        start_date,
        end_date,
        source_row
    from {{ ref('stg_ssd__involvements') }}
    where unusable_for is null

),

allocations as (

    select
        allocations.*,
        involvements.change_reason_code,
        involvements.source_row,
        coalesce(allocations.end_date, date '9999-12-31') as last_day
    from {{ ref('int_allocations_usable') }} as allocations
    inner join involvements
        on allocations.allocation_id = involvements.involvement_id

),

workers as (select * from {{ ref('stg_ssd__workers') }}),

teams as (select * from {{ ref('stg_ssd__teams') }}),

tables as (

    select
        coalesce(bool_or(has_rows) filter (where table_name = 'ssd_professionals'), false)
            as has_workers,
        coalesce(bool_or(has_rows) filter (where table_name = 'ssd_department'), false)
            as has_teams
    from {{ ref('stg_landing__extract_tables') }}

),

involvements_checked as (

    select
        involvements.*,
        -- an id with a space in it is a person's name
        involvements.worker_id like '% %'
        or (workers.worker_id is null and tables.has_workers) as is_worker_unknown,
        involvements.team_id is not null
        and teams.team_id is null
        and tables.has_teams as is_team_unknown
    from involvements
    cross join tables
    left join workers
        on involvements.worker_id = workers.worker_id
    left join teams
        on involvements.team_id = teams.team_id

),

-- WRK-02: already open when another worker's allocation starts; of two starting the same day, the
-- second by its id
overlapping as (

    select distinct later.source_row
    from allocations as later
    inner join allocations as earlier
        on
            later.person_id = earlier.person_id
            and later.start_date < earlier.last_day
            and later.worker_id <> earlier.worker_id
    where
        earlier.start_date < later.start_date
        or (
            earlier.start_date = later.start_date
            and earlier.allocation_id < later.allocation_id
        )

),

in_order as (

    select
        source_row,
        worker_id,
        change_reason_code,
        end_date,
        lead(worker_id) over person_order as next_worker_id,
        lead(change_reason_code) over person_order as next_change_reason_code,
        lead(start_date) over person_order as next_start_date
    from allocations
    window person_order as (partition by person_id order by start_date, allocation_id)

),

-- WRK-07: the reason is recorded against the old or the new worker. C1: 28 days after
-- an allocation has ended the next one is not a change.
changes as (

    select source_row
    from in_order
    where
        next_worker_id <> worker_id
        and next_start_date <= {{ add_days('end_date', 28) }}
        and change_reason_code is null
        and next_change_reason_code is null

),

involvements_failed as (

    select
        source_row,
        source_row in (select overlapping.source_row from overlapping)
            as wrk_02__invo_involvement_start_date,
        is_worker_unknown as wrk_04__invo_professional_id,
        is_allocated and end_date = start_date as wrk_05__invo_involvement_end_date,
        source_row in (select changes.source_row from changes) as wrk_07__invo_worker_change_reason,
        is_team_unknown as wrk_08__invo_professional_team,
        role_code is not null and is_allocated is null as wrk_08__invo_professional_role_id
    from involvements_checked

),

-- WRK-08: an unknown type that is given is found where the contract's codes are compared
teams_failed as (

    select
        source_row,
        team_type_code is null and team_id in (select allocations.team_id from allocations)
            as wrk_08__x_dept_team_type_code
    from teams

)

{{ failures_in('involvements_failed', 'ssd_involvements') }}
union all
{{ failures_in('teams_failed', 'ssd_department') }}
