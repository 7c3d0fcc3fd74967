with

allocations as (select * from {{ ref('int_allocations_usable') }}),

turning_points as (

    select
        person_id,
        start_date as valid_from
    from allocations
    union
    select
        person_id,
        end_date as valid_from
    from allocations
    where end_date is not null

),

intervals as (

    select
        person_id,
        valid_from,
        lead(valid_from) over (partition by person_id order by valid_from) as valid_to
    from turning_points

)

select
    intervals.person_id,
    allocations.allocation_id,
    allocations.worker_id,
    allocations.team_id,
    allocations.start_date,
    intervals.valid_from,
    intervals.valid_to
from intervals
inner join allocations
    on
        intervals.person_id = allocations.person_id
        and {{ is_open_at(
            'allocations.start_date', 'allocations.end_date', 'intervals.valid_from'
        ) }}
-- section 10: of two open at once the one that started last, then the highest id
qualify
    row_number() over (
        partition by intervals.person_id, intervals.valid_from
        order by allocations.start_date desc, allocations.allocation_id desc
    ) = 1
