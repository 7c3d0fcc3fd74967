{# PLC-02: the placements that looked-after children have on the day of the extract. #}
with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

-- without a placements table nobody could have one; BAT-02 already reports that
table_of_placements as (

    select has_rows from {{ ref('stg_landing__extract_tables') }}
    where table_name = 'ssd_cla_placement'

),

placements as (select * from {{ ref('int_placements_of_people') }}),

episodes as (select * from {{ ref('fct_lac_episodes') }}),

episode_rows as (

    select
        episode_id,
        source_row
    from {{ ref('stg_ssd__lac_episodes') }}

),

people as (select * from {{ ref('dim_person') }}),

-- 7.1; G40: of overlapping episodes, the most recent to start
looked_after as (

    select
        episodes.person_id,
        episode_rows.source_row
    from episodes
    cross join extract_in_force
    inner join episode_rows
        on episodes.episode_id = episode_rows.episode_id
    left join people
        on episodes.person_id = people.person_id
    where
        {{ is_open_at('episodes.start_date', 'episodes.end_date', 'extract_in_force.as_at_date') }}
        and coalesce(people.eighteenth_birthday > extract_in_force.as_at_date, true)
    qualify
        row_number() over (
            partition by episodes.person_id
            order by episodes.start_date desc, episodes.episode_id desc
        ) = 1

),

-- a placement may be kept open during a temporary stay, so that is not a second one
placed as (

    select
        placements.*,
        coalesce(placements.end_date > extract_in_force.as_at_date, true) as is_open,
        not placements.is_temporary
        and coalesce(placements.end_date > extract_in_force.as_at_date, true) as is_open_for_good
    from placements
    cross join extract_in_force
    inner join looked_after
        on placements.person_id = looked_after.person_id
    where placements.start_date <= extract_in_force.as_at_date

),

placements_checked as (

    select
        source_row,
        not bool_or(is_open) over (partition by person_id)
        and row_number() over (
            partition by person_id order by start_date desc, placement_id desc
        ) = 1 as is_last_before_none,
        is_open_for_good
        and row_number() over (
            partition by person_id, is_open_for_good order by start_date, placement_id
        ) > 1 as is_second_open
    from placed

),

placed_people as (select distinct person_id from placed),

episodes_checked as (

    select
        looked_after.source_row,
        table_of_placements.has_rows and placed_people.person_id is null as is_never_placed
    from looked_after
    cross join table_of_placements
    left join placed_people
        on looked_after.person_id = placed_people.person_id

),

placements_failed as (

    select
        source_row,
        is_last_before_none or is_second_open as plc_02__clap_cla_placement_end_date
    from placements_checked

),

episodes_failed as (

    select
        source_row,
        is_never_placed as plc_02__clae_cla_placement_id
    from episodes_checked

)

{{ failures_in('placements_failed', 'ssd_cla_placement') }}

union all

{{ failures_in('episodes_failed', 'ssd_cla_episodes') }}
