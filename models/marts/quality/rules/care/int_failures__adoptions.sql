with

decisions as (select * from {{ ref('int_quality_permanence_rows') }}),

adoptions as (select * from {{ ref('fct_adoptions') }}),

periods as (select * from {{ ref('fct_lac_periods') }}),

landed_episodes as (select * from {{ ref('int_quality_lac_episodes') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

table_of_decisions as (

    select * from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_permanence'

),

-- the placements of each period of care that ended in adoption
episodes as (

    select
        chained.lac_period_id,
        chained.episode_id,
        placed.placement_type_code,
        bool_or(placed.placement_type_code in ('A3', 'A4', 'A5', 'A6')) over (
            partition by chained.lac_period_id
        ) as was_placed_for_adoption,
        chained.start_date,
        chained.end_date
    from {{ ref('int_lac_episodes_chained') }} as chained
    inner join {{ ref('int_lac_episode_placements') }} as placed
        on chained.episode_id = placed.episode_id

),

last_episodes as (

    select
        landed_episodes.source_row,
        adoptions.permanence_decision_id is null and table_of_decisions.has_rows
            as is_without_decision,
        -- ADO-07: an unknown placement may have been one for adoption
        episodes.placement_type_code is not null
        and not coalesce(episodes.was_placed_for_adoption, false) as was_never_placed
    from adoptions
    cross join table_of_decisions
    inner join episodes
        on
            adoptions.lac_period_id = episodes.lac_period_id
            and adoptions.order_date = episodes.end_date
    inner join landed_episodes
        on episodes.episode_id = landed_episodes.episode_id
    qualify
        row_number() over (
            partition by adoptions.lac_period_id
            order by episodes.start_date desc, episodes.episode_id desc
        ) = 1

),

-- children whose care has ended, and when
out_of_care as (

    select
        person_id,
        max(end_date) as left_date
    from periods
    group by person_id
    having count(end_date) = count(*)

),

checked as (

    select
        decisions.*,
        -- without any period of care there is nothing to compare with
        decisions.adoption_order_date <= extract_in_force.as_at_date
        and decisions.adopted_date is null
        and decisions.person_id in (select periods.person_id from periods)
            as is_adopted_on_paper_only,
        out_of_care.left_date <= extract_in_force.as_at_date
        and decisions.shobpa_date <= out_of_care.left_date
        and decisions.adopted_date is null
        and decisions.adoption_order_date is null
        and not decisions.is_reversed as is_still_live
    from decisions
    cross join extract_in_force
    left join out_of_care
        on decisions.person_id = out_of_care.person_id

),

episodes_failed as (

    select
        source_row,
        is_without_decision as ado_03__clae_cla_episode_ceased_reason,
        was_never_placed as ado_07__clae_cla_episode_ceased_reason
    from last_episodes

),

decisions_failed as (

    select
        source_row,
        is_row_of_adoption and shobpa_date is null as ado_03__perm_adm_decision_date,
        is_row_of_adoption and matched_date is null as ado_03__perm_matched_date,
        is_row_of_adoption and placed_date is null and placed_with_carer_date is null
            as ado_03__perm_placed_for_adoption_date,
        is_adopted_on_paper_only as ado_03__perm_permanence_order_date,
        is_still_live as ado_07__perm_decision_reversed_date
    from checked

)

{{ failures_in('episodes_failed', 'ssd_cla_episodes') }}
union all
{{ failures_in('decisions_failed', 'ssd_permanence') }}
