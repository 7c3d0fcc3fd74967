with

children as (select * from {{ ref('int_looked_after_at_month_end') }}),

placements as (select * from {{ ref('int_current_placements_at_month_end') }}),

placement_groups as (select * from {{ ref('code_groups') }} where domain = 'placement_type'),

reviewed as (select * from {{ ref('int_lac_reviewed_at_month_end') }})

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
    placements.spell_start_date as decided_on_lac_in_residential_placement,
    reviewed.last_review_date as decided_on_lac_reviewed_in_time,

    -- 7.1
    cast(1 as double) as measure_looked_after_child,

    -- 7.6: in a residential placement; a missing type does not count
    cast(coalesce(placement_groups.code_group = 'RESIDENTIAL', false) as double)
        as measure_lac_in_residential_placement,

    -- 7.7: last review on time and none overdue, for those who had one or whose first is due
    cast(reviewed.is_reviewed_in_time as double) as measure_lac_reviewed_in_time

from children
left join placements
    on
        children.person_id = placements.person_id
        and children.month_end = placements.month_end
left join placement_groups
    on
        placements.placement_type_code = placement_groups.code
        and {{ holds_on('placement_groups', 'children.month_end') }}
left join reviewed
    on
        children.person_id = reviewed.person_id
        and children.month_end = reviewed.month_end
