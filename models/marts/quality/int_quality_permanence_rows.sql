with

decisions as (

    -- the child is identified by either of the two ids that a row may have
    select
        permanence_decision_id,
        person_id
    from {{ ref('int_permanence_decisions_identified') }}

),

landed as (select * from {{ ref('stg_ssd__permanence_decisions') }}),

adoptions as (select * from {{ ref('fct_adoptions') }}),

-- the date of the latest adoption that ended each child's care
adopted as (

    select
        person_id,
        max(order_date) as adopted_date
    from adoptions
    group by person_id

)

select
    landed.permanence_decision_id,
    decisions.person_id,
    landed.reversed_reason_code,
    landed.order_type_code,
    landed.shobpa_date,
    landed.shobpa_reversed_date,
    landed.placement_order_date,
    landed.matched_date,
    landed.placed_date,
    landed.placed_with_carer_date,
    case when landed.order_type_code = 'ADOPTION' then landed.order_date end
        as adoption_order_date,
    adopted.adopted_date,
    -- G47: this is the row from which the adoption takes its dates
    adoptions.permanence_decision_id is not null as is_row_of_adoption,
    landed.shobpa_reversed_date is not null or landed.reversed_reason_code is not null
        as is_reversed,
    landed.source_row
from landed
inner join decisions
    on landed.permanence_decision_id = decisions.permanence_decision_id
left join adopted
    on decisions.person_id = adopted.person_id
left join adoptions
    on landed.permanence_decision_id = adoptions.permanence_decision_id
qualify
    row_number() over (
        partition by landed.permanence_decision_id order by adoptions.order_date desc nulls last
    ) = 1
