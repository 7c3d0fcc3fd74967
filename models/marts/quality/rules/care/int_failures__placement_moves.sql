{# Rules about what came before and after a placement, taken from the episodes of care. #}
{% set contract = contract_of('ssd_cla_placement') %}
{% set column = contract.columns.get('clap_cla_placement_change_reason', {'meta': {}}) %}
{% set change_reasons = (column.meta.codes or []) | join("', '") %}

with

placements as (select * from {{ ref('int_placements_of_people') }}),

episodes as (select * from {{ ref('fct_lac_episodes') }}),

neighbours as (

    select
        placement_id,
        is_temporary,
        lag(episode_id) over period_order is null as is_first,
        lead(episode_id) over period_order is null and end_date is not null as is_last,
        lead(placement_id) over period_order as next_placement_id,
        lead(start_reason_code) over period_order as next_start_reason_code,
        lead(is_temporary) over period_order as is_next_temporary,
        lead(placement_spell_id) over period_order <> placement_spell_id as is_next_new_spell
    from episodes
    window period_order as (partition by lac_period_id order by start_date, episode_id)

),

-- a placement can have several episodes
in_periods as (

    select
        placement_id,
        bool_or(is_temporary and (is_first or is_last)) as is_temporary_at_edge,
        -- G41: what follows a temporary stay is a new spell if the child did not go back
        bool_or(is_temporary and not is_next_temporary and is_next_new_spell) as is_without_return,
        bool_or(is_next_temporary and next_placement_id <> placement_id) as is_before_temporary,
        bool_or(
            not is_temporary
            and not is_next_temporary
            and next_start_reason_code in ('P', 'B', 'T', 'U')
            and next_placement_id <> placement_id
        ) as is_left_for_another
    from neighbours
    where placement_id is not null
    group by placement_id

),

checked as (

    select
        placements.*,
        in_periods.is_temporary_at_edge,
        in_periods.is_without_return,
        in_periods.is_before_temporary,
        in_periods.is_left_for_another,
        -- an unknown reason is reported for its cell
        placements.change_reason_code in (
            '{{ change_reasons }}'
        ) as has_known_reason
    from placements
    inner join in_periods
        on placements.placement_id = in_periods.placement_id

),

failed as (

    select
        source_row,
        is_temporary_at_edge or is_without_return as plc_03__clap_cla_placement_type,
        (change_reason_code is null and is_left_for_another)
        or (has_known_reason and (is_temporary or is_before_temporary or end_date is null))
            as plc_06__clap_cla_placement_change_reason
    from checked

)

{{ failures_in('failed', 'ssd_cla_placement') }}
