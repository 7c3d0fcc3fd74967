{# A child is open, and needs a worker, with a referral, in care or on a protection plan. A plan of
   a child in need, early help or leaving care says that a worker may still be right. #}
with

extract_in_force as (

    select as_at_date from {{ ref('stg_landing__extract_in_force') }}

),

people as (

    select * from {{ ref('dim_person') }}

),

worked_with_otherwise as (

    select
        person_id,
        start_date,
        end_date
    from {{ ref('fct_cin_plans') }}
    union all
    select
        person_id,
        joined_date as start_date,
        left_date as end_date
    from {{ ref('fct_early_help_members') }}
    union all
    select
        person_id,
        start_date,
        end_date
    from {{ ref('fct_care_leaver_spells') }}
    where eligibility_code in ('REL', 'FREL', 'QUAL')

),

events as (

    select
        referrals.person_id,
        'ssd_cin_episodes' as table_name,
        'cine_person_id' as column_name,
        landed.source_row,
        -- G27: after no further action nobody works with the child
        not referrals.is_no_further_action as needs_worker,
        1 as reason_order,
        referrals.received_date as start_date,
        referrals.closed_date as end_date
    from {{ ref('fct_referrals') }} as referrals
    inner join {{ ref('stg_ssd__referrals') }} as landed
        on referrals.referral_id = landed.referral_id
    union all
    select
        episodes.person_id,
        'ssd_cla_episodes' as table_name,
        'clae_person_id' as column_name,
        landed.source_row,
        true as needs_worker,
        2 as reason_order,
        episodes.start_date,
        episodes.end_date
    from {{ ref('int_lac_episodes_chained') }} as episodes
    inner join {{ ref('int_quality_lac_episodes') }} as landed
        on episodes.episode_id = landed.episode_id
    union all
    select
        cp_plans.person_id,
        'ssd_cp_plans' as table_name,
        'cppl_person_id' as column_name,
        landed.source_row,
        true as needs_worker,
        3 as reason_order,
        cp_plans.start_date,
        cp_plans.end_date
    from {{ ref('fct_cp_plans') }} as cp_plans
    inner join {{ ref('stg_ssd__cp_plans') }} as landed
        on cp_plans.plan_id = landed.plan_id
    union all
    select
        person_id,
        cast(null as varchar) as table_name,
        cast(null as varchar) as column_name,
        cast(null as integer) as source_row,
        false as needs_worker,
        4 as reason_order,
        start_date,
        end_date
    from worked_with_otherwise

),

open_events as (

    select
        events.*,
        events.needs_worker
        and {{ is_child_at('people', 'extract_in_force.as_at_date') }} as is_child_in_need
    from events
    cross join extract_in_force
    inner join people
        on events.person_id = people.person_id
    where {{ is_open_at('events.start_date', 'events.end_date', 'extract_in_force.as_at_date') }}

)

select
    person_id,
    table_name,
    column_name,
    is_child_in_need as needs_worker,
    source_row,
    min(start_date) over (partition by person_id, is_child_in_need) as open_since
from open_events
qualify
    row_number() over (
        partition by person_id
        order by is_child_in_need desc, reason_order asc, start_date desc, source_row desc
    ) = 1
