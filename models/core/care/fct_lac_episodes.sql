with

chained as (select * from {{ ref('int_lac_episodes_chained') }}),

in_spells as (select * from {{ ref('int_lac_episodes_in_spells') }})

select
    chained.episode_id,
    chained.person_id,
    chained.lac_period_id,
    case
        when in_spells.spell_number > 0
            then in_spells.lac_period_id || '|' || in_spells.spell_number
    end as placement_spell_id,
    in_spells.placement_id,
    in_spells.carer_id,
    chained.legal_status_code,
    in_spells.placement_type_code,
    chained.start_reason_code,
    chained.end_reason_code,
    in_spells.is_temporary,
    chained.start_date,
    chained.end_date
from chained
inner join in_spells
    on chained.episode_id = in_spells.episode_id
