{# What episodes and legal statuses say about adoption, alongside permanence decisions. A failure
   is put on the child's first decision or, if the child has none, on the row of care. #}
with

beginnings as (select * from {{ ref('int_quality_adoption_beginnings') }}),

decisions as (select * from {{ ref('int_quality_permanence_rows') }}),

table_of_decisions as (

    select * from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_permanence'

),

decided as (

    select
        person_id,
        min(shobpa_date) as first_decision_date,
        count(placement_order_date) > 0 as has_order
    from decisions
    where person_id is not null
    group by person_id

),

checked as (

    select
        decisions.*,
        row_number() over (
            partition by decisions.person_id
            order by decisions.shobpa_date nulls last, decisions.permanence_decision_id
        ) = 1 as is_first,
        beginnings.placed_date is not null
        and coalesce(decided.first_decision_date > beginnings.placed_date, true)
            as is_placed_too_early,
        beginnings.order_date is not null
        and coalesce(decided.first_decision_date > beginnings.order_date, true)
            as is_ordered_too_early,
        coalesce(beginnings.is_placed_without_order, false)
        and not coalesce(decided.has_order, true) as is_placed_without_order
    from decisions
    left join decided
        on decisions.person_id = decided.person_id
    left join beginnings
        on decisions.person_id = beginnings.person_id

),

undecided as (

    select beginnings.*
    from beginnings
    cross join table_of_decisions
    left join decided
        on beginnings.person_id = decided.person_id
    where decided.person_id is null and table_of_decisions.has_rows

),

decisions_failed as (

    select
        source_row,
        is_first and is_placed_too_early as ado_05__perm_adm_decision_date,
        placed_date < shobpa_date as ado_05__perm_placed_for_adoption_date,
        (is_first and is_ordered_too_early)
        or (placement_order_date is not null and shobpa_date is null)
            as ado_06__perm_adm_decision_date,
        (is_first and is_placed_without_order) or placement_order_date < shobpa_date
            as ado_06__perm_placement_order_date
    from checked

),

placements_failed as (

    select
        placement_source_row as source_row,
        true as ado_05__clap_cla_placement_type,
        is_placed_without_order as ado_06__clap_cla_placement_type
    from undecided
    where placement_source_row is not null

)

{{ failures_in('decisions_failed', 'ssd_permanence') }}
union all
{{ failures_in('placements_failed', 'ssd_cla_placement') }}
union all
select
    'ADO-06' as rule_id,
    order_table_name as table_name,
    order_column_name as column_name,
    order_source_row as source_row
from undecided
where order_source_row is not null
