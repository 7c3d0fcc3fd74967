with

members as (select * from {{ ref('fct_early_help_members') }}),

cases as (select * from {{ ref('fct_early_help_cases') }} where case_type_code = 'LEAD'),

people as (select * from {{ ref('dim_person') }}),

months as (select * from {{ ref('int_reporting_months') }}),

children as (

    select
        members.episode_id,
        members.person_id,
        members.joined_date,
        cases.team_id,
        months.month_end
    from members
    inner join cases
        on members.case_id = cases.case_id
    inner join months
        on
            {{ is_open_at('members.joined_date', 'members.left_date', 'months.month_end') }}
            and {{ is_open_at('cases.opened_date', 'cases.closed_date', 'months.month_end') }}
    inner join people
        on members.person_id = people.person_id
    where
        -- 1.4: adults are left out; G24: age unknown counts
        {{ is_child_at('people', 'months.month_end') }}
    -- G60: a child in two cases counts in the one opened last
    qualify
        row_number() over (
            partition by members.person_id, months.month_end
            order by cases.opened_date desc, cases.case_id desc
        ) = 1

)

select
    person_id as case_id,
    person_id,
    team_id,
    cast(null as varchar) as worker_id,
    'ssd_early_help_episodes' as source_table,
    episode_id as source_row_key,
    month_end as attribution_date,
    month_end,
    joined_date as decided_on,

    -- 1.4
    cast(1 as double) as measure_child_in_active_early_help

from children
