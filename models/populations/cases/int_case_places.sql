with

allocations as (select * from {{ ref('int_primary_allocations_resolved') }}),

team_localities as (select * from {{ ref('dim_team_localities') }}),

-- every team has a span for every day, so that an allocation needs no outer join
turning_points as (

    select
        team_id,
        valid_from
    from team_localities
    union
    select
        team_id,
        valid_to as valid_from
    from team_localities
    union
    select
        team_id,
        date '0001-01-01' as valid_from
    from team_localities
    union
    select
        coalesce(team_id, '') as team_id,
        date '0001-01-01' as valid_from
    from allocations

),

intervals as (

    select
        team_id,
        valid_from,
        lead(valid_from, 1, date '9999-12-31') over (partition by team_id order by valid_from)
            as valid_to
    from turning_points
    where valid_from is not null

),

team_places as (

    select
        intervals.team_id,
        intervals.valid_from,
        intervals.valid_to,
        coalesce(team_localities.locality_code, 'NOT_ALLOCATED') as area_code
    from intervals
    left join team_localities
        on
            intervals.team_id = team_localities.team_id
            and {{ is_open_at(
                'team_localities.valid_from', 'team_localities.valid_to', 'intervals.valid_from'
            ) }}
    -- of two localities for a team on one day, the most recent to start
    qualify
        row_number() over (
            partition by intervals.team_id, intervals.valid_from
            order by team_localities.valid_from desc nulls last, team_localities.locality_code desc
        ) = 1

)

select
    true as is_team,
    team_id as owner_id,
    valid_from,
    valid_to,
    team_id,
    cast(null as varchar) as worker_id,
    area_code
from team_places
where team_id <> ''
union all
select
    false as is_team,
    allocations.person_id as owner_id,
    greatest(allocations.valid_from, team_places.valid_from) as valid_from,
    least(coalesce(allocations.valid_to, date '9999-12-31'), team_places.valid_to) as valid_to,
    allocations.team_id,
    allocations.worker_id,
    team_places.area_code
from allocations
inner join team_places
    on
        coalesce(allocations.team_id, '') = team_places.team_id
        and allocations.valid_from < team_places.valid_to
        and coalesce(allocations.valid_to, date '9999-12-31') > team_places.valid_from
