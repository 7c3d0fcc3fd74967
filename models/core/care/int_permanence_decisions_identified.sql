with

decisions as (select * from {{ ref('stg_ssd__permanence_decisions') }}),

people as (select * from {{ ref('stg_ssd__people') }}),

-- one system records the child's second id here (contract); the main id is tried first
legacy_ids as (

    select
        legacy_id,
        min(person_id) as person_id
    from people
    where legacy_id is not null
    group by legacy_id

),

identified as (

    select
        decisions.permanence_decision_id,
        case
            when people.person_id is null
                then coalesce(legacy_ids.person_id, decisions.recorded_person_id)
            else decisions.recorded_person_id
        end as person_id,
        decisions.shobpa_date,
        decisions.shobpa_reversed_date,
        decisions.placement_order_date,
        decisions.matched_date,
        decisions.placed_date
    from decisions
    left join people
        on decisions.recorded_person_id = people.person_id
    left join legacy_ids
        on decisions.recorded_person_id = legacy_ids.legacy_id

),

surviving as (

    {{ with_surviving_person('identified', ref('stg_ssd__people_merged')) }}

)

select
    permanence_decision_id,
    surviving_person_id as person_id,
    shobpa_date,
    shobpa_reversed_date,
    placement_order_date,
    matched_date,
    placed_date
from surviving
