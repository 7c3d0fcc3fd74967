with

children as (select * from {{ ref('int_looked_after_at_month_end') }}),

months as (select * from {{ ref('int_reporting_months') }}),

placements as (select * from {{ ref('int_current_placements_at_month_end') }}),

spells as (select * from {{ ref('fct_placement_spells') }}),

spell_counts as (

    select
        children.person_id,
        children.month_end,
        count(*) as spell_count,
        max(spells.start_date) as latest_spell_start_date
    from children
    inner join months
        on children.month_end = months.month_end
    inner join spells
        on
            children.person_id = spells.person_id
            -- 9.2: open at some time in the rolling twelve months, across all periods of care
            and {{ is_open_during(
                'spells.start_date', 'spells.end_date',
                'months.rolling_12_start', 'children.month_end'
            ) }}
    group by children.person_id, children.month_end

)

select
    children.person_id as case_id,
    children.person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cla_episodes' as source_table,
    children.lac_period_id as source_row_key,
    children.month_end as attribution_date,
    children.month_end,
    children.start_date as decided_on,
    spell_counts.latest_spell_start_date as decided_on_lac_had_three_placements,
    case
        when placements.placement_type_code in ('A3', 'A4', 'A5', 'A6')
            then coalesce(placements.previous_spell_start_date, placements.spell_start_date)
        else placements.spell_start_date
    end as decided_on_lac_placement_stable,

    -- 9.2: three placements or more
    cast(coalesce(spell_counts.spell_count >= 3, false) as double)
        as measure_lac_had_three_placements,

    -- 9.1: under 16 and looked after for two and a half years; in the same placement for two, or
    -- placed for adoption and two including the placement before it. Age unknown is excluded (MD6).
    case
        when
            {{ age_in_years('children.birth_date', 'children.month_end') }} < 16
            and {{ add_months('children.start_date', 30) }} <= children.month_end
            then cast(coalesce(
                {{ add_months('placements.spell_start_date', 24) }} <= children.month_end
                or (
                    placements.placement_type_code in ('A3', 'A4', 'A5', 'A6')
                    and {{ add_months('placements.previous_spell_start_date', 24) }}
                    <= children.month_end
                ),
                false
            ) as double)
    end as measure_lac_placement_stable

from children
left join placements
    on
        children.person_id = placements.person_id
        and children.month_end = placements.month_end
left join spell_counts
    on
        children.person_id = spell_counts.person_id
        and children.month_end = spell_counts.month_end
