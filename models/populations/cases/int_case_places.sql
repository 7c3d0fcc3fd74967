with

cases as (

    {% for population in case_populations() %}
        select
            coalesce(team_id, '') as own_team_key,
            coalesce(person_id, '') as person_key,
            attribution_date
        from {{ ref('int_cases__' ~ population) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

allocations as (select * from {{ ref('int_primary_allocations_resolved') }}),

team_localities as (select * from {{ ref('dim_team_localities') }}),

-- a child is only looked up where the event has no team. Done here, not in the join below, where
-- it would make DuckDB compare every case with every allocation.
looked_up as (

    select distinct
        own_team_key,
        person_key,
        attribution_date,
        case when own_team_key = '' then person_key end as allocated_person_id
    from cases

),

-- section 10: the team of the event, otherwise that of the child's primary allocation on that day
with_team as (

    select
        looked_up.own_team_key,
        looked_up.person_key,
        looked_up.attribution_date,
        coalesce(nullif(looked_up.own_team_key, ''), allocations.team_id) as team_id,
        allocations.worker_id
    from looked_up
    left join allocations
        on
            looked_up.allocated_person_id = allocations.person_id
            and {{ is_open_at(
                'allocations.valid_from', 'allocations.valid_to', 'looked_up.attribution_date'
            ) }}

)

select
    with_team.own_team_key,
    with_team.person_key,
    with_team.attribution_date,
    with_team.team_id,
    with_team.worker_id,
    coalesce(team_localities.locality_code, 'NOT_ALLOCATED') as area_code
from with_team
left join team_localities
    on
        with_team.team_id = team_localities.team_id
        and {{ is_open_at(
            'team_localities.valid_from', 'team_localities.valid_to', 'with_team.attribution_date'
        ) }}
-- of two localities for a team on one day, the most recent to start
qualify
    row_number() over (
        partition by
            with_team.own_team_key, with_team.person_key, with_team.attribution_date
        order by team_localities.valid_from desc nulls last, team_localities.locality_code desc
    ) = 1
