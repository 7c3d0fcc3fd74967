{# A child is open, and needs a worker, with a referral, in care or on a protection plan. With a
   child in need plan, early help or leaving care, a worker may still be right. #}
with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

people as (select * from {{ ref('dim_person') }}),

rows_kept as (

    {% for table, model, key in [
        ('ssd_cin_episodes', 'referrals', 'referral_id'),
        ('ssd_cla_episodes', 'lac_episodes', 'episode_id'),
        ('ssd_cp_plans', 'cp_plans', 'plan_id'),
    ] %}
        select
            '{{ table }}' as table_name,
            {{ key }} as row_key,
            source_row
        from {{ ref('stg_ssd__' ~ model) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

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
        'ssd_cin_episodes' as table_name,
        'cine_person_id' as column_name,
        referral_id as row_key,
        person_id,
        -- G27: after no further action no one works with the child
        not is_no_further_action as needs_worker,
        1 as reason_order,
        received_date as start_date,
        closed_date as end_date
    from {{ ref('fct_referrals') }}
    union all
    select
        'ssd_cla_episodes' as table_name,
        'clae_person_id' as column_name,
        episode_id as row_key,
        person_id,
        true as needs_worker,
        2 as reason_order,
        start_date,
        end_date
    from {{ ref('int_lac_episodes_chained') }}
    union all
    select
        'ssd_cp_plans' as table_name,
        'cppl_person_id' as column_name,
        plan_id as row_key,
        person_id,
        true as needs_worker,
        3 as reason_order,
        start_date,
        end_date
    from {{ ref('fct_cp_plans') }}
    union all
    select
        cast(null as varchar) as table_name,
        cast(null as varchar) as column_name,
        cast(null as varchar) as row_key,
        person_id,
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
    open_events.person_id,
    open_events.table_name,
    open_events.column_name,
    open_events.is_child_in_need as needs_worker,
    rows_kept.source_row,
    min(open_events.start_date) over (
        partition by open_events.person_id, open_events.is_child_in_need
    ) as open_since
from open_events
left join rows_kept
    on
        open_events.table_name = rows_kept.table_name
        and open_events.row_key = rows_kept.row_key
qualify
    row_number() over (
        partition by open_events.person_id
        order by
            open_events.is_child_in_need desc,
            open_events.reason_order asc,
            open_events.start_date desc,
            open_events.row_key desc
    ) = 1
