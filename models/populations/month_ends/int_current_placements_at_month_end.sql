with

looked_after as (select * from {{ ref('int_looked_after_at_month_end') }}),

episodes as (select * from {{ ref('fct_lac_episodes') }}),

spells as (select * from {{ ref('fct_placement_spells') }}),

-- G40: of overlapping episodes, the one that started last, then the highest id
current_episodes as (

    select
        looked_after.person_id,
        looked_after.month_end,
        episodes.placement_spell_id
    from looked_after
    inner join episodes
        on
            looked_after.lac_period_id = episodes.lac_period_id
            and {{ is_open_at(
                'episodes.start_date', 'episodes.end_date', 'looked_after.month_end'
            ) }}
    qualify
        row_number() over (
            partition by looked_after.person_id, looked_after.month_end
            order by episodes.start_date desc, episodes.episode_id desc
        ) = 1

),

-- G42: the type of a spell is that of its latest episode that is not a temporary stay
typed as (

    select
        current_episodes.person_id,
        current_episodes.month_end,
        current_episodes.placement_spell_id,
        episodes.placement_type_code
    from current_episodes
    inner join episodes
        on
            current_episodes.placement_spell_id = episodes.placement_spell_id
            and current_episodes.month_end >= episodes.start_date
            and not episodes.is_temporary
    qualify
        row_number() over (
            partition by current_episodes.person_id, current_episodes.month_end
            order by episodes.start_date desc, episodes.episode_id desc
        ) = 1

)

select
    typed.person_id,
    typed.month_end,
    typed.placement_spell_id,
    typed.placement_type_code,
    spells.start_date as spell_start_date,
    spells.previous_spell_start_date
from typed
inner join spells
    on typed.placement_spell_id = spells.placement_spell_id
