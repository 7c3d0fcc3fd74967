{# A list to send out. It goes to the team and worker on the row, or else to those who hold the
   child's case on the day of the extract. #}
with

failures as (

    {{ with_surviving_person(ref('int_quality_failures'), ref('stg_ssd__people_merged')) }}

),

rows_told as (

    select
        failure_id,
        message
    from {{ ref('fct_quality_failures') }}

),

extract_in_force as (

    select
        extract_id,
        as_at_date
    from {{ ref('stg_landing__extract_in_force') }}

),

current_allocations as (

    select
        allocations.person_id,
        allocations.worker_id,
        allocations.team_id
    from {{ ref('int_primary_allocations_resolved') }} as allocations
    inner join extract_in_force
        on {{ is_open_at(
            'allocations.valid_from', 'allocations.valid_to', 'extract_in_force.as_at_date'
        ) }}

),

teams as (

    select
        team_id,
        team_name
    from {{ ref('stg_ssd__teams') }}

)

select
    failures.failure_id,
    coalesce(failures.team_id, current_allocations.team_id) as team_id,
    teams.team_name,
    coalesce(failures.worker_id, current_allocations.worker_id) as worker_id,
    failures.person_id,
    failures.rule_id,
    failures.severity,
    failures.table_name,
    failures.row_key,
    failures.column_name,
    failures.event_date,
    rows_told.message,
    extract_in_force.extract_id
from failures
cross join extract_in_force
inner join rows_told
    on failures.failure_id = rows_told.failure_id
left join current_allocations
    on failures.surviving_person_id = current_allocations.person_id
left join teams
    on coalesce(failures.team_id, current_allocations.team_id) = teams.team_id
-- remarks for whoever produces the extract are not for the teams
where failures.severity in ('error', 'warn') and failures.source_row is not null
