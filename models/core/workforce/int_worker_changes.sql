with

allocations as (select * from {{ ref('int_allocations_usable') }}),

-- C1: the child's latest earlier start, then the highest id; two on a day are not a sequence (G14)
preceded as (

    select
        allocations.allocation_id,
        allocations.person_id,
        allocations.start_date,
        earlier.end_date as earlier_end_date,
        earlier.worker_id <> allocations.worker_id as is_other_worker,
        -- G55: an unknown team differs from every team
        coalesce(earlier.team_id <> allocations.team_id, true) as is_other_team
    from allocations
    inner join allocations as earlier
        on
            allocations.person_id = earlier.person_id
            and allocations.start_date > earlier.start_date
    qualify
        row_number() over (
            partition by allocations.allocation_id
            order by earlier.start_date desc, earlier.allocation_id desc
        ) = 1

)

select
    allocation_id,
    person_id,
    is_other_team,
    start_date as changed_date
from preceded
where
    is_other_worker
    -- C1: after a gap of more than 28 days it counts as a first allocation
    and (earlier_end_date is null or earlier_end_date >= {{ add_days('start_date', -28) }})
