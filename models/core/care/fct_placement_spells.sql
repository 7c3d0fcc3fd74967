with

episodes as (

    -- a temporary stay at the very start of a period belongs to no spell
    select * from {{ ref('int_lac_episodes_in_spells') }} where spell_number > 0

),

spells as (

    select
        lac_period_id,
        spell_number,
        min(person_id) as person_id,
        min(start_date) as start_date,
        case when count(end_date) = count(*) then max(end_date) end as end_date
    from episodes
    group by lac_period_id, spell_number

)

select
    lac_period_id || '|' || spell_number as placement_spell_id,
    lac_period_id,
    person_id,
    cast(spell_number as integer) as spell_number,
    start_date,
    end_date,
    lag(start_date) over (
        partition by lac_period_id order by spell_number
    ) as previous_spell_start_date
from spells
