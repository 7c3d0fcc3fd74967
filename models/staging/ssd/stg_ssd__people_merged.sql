with recursive

people as (

    select
        person_id,
        merged_into_id
    from {{ ref('stg_ssd__people') }}
    where merged_into_id is not null and merged_into_id <> person_id

),

-- every record that a merged record leads to; `union` drops those already seen, so a cycle ends
reached (person_id, reached_id) as (

    select
        people.person_id,
        people.merged_into_id
    from people

    union

    select
        reached.person_id,
        people.merged_into_id
    from reached
    inner join people
        on reached.reached_id = people.person_id

),

in_cycle as (select person_id from reached where person_id = reached_id),

-- the end of the chain is the record not merged into another; in a cycle, the smallest id
chain_ends as (

    select
        reached.person_id,
        min(reached.reached_id) as surviving_person_id
    from reached
    left join people
        on reached.reached_id = people.person_id
    left join in_cycle
        on reached.reached_id = in_cycle.person_id
    where people.person_id is null or in_cycle.person_id is not null
    group by reached.person_id

)

select
    person_id,
    surviving_person_id
from chain_ends
where person_id <> surviving_person_id
