with

enquiries as (select * from {{ ref('fct_s47_enquiries') }} where not is_cancelled),

members as (select * from {{ ref('fct_early_help_members') }}),

cases as (select * from {{ ref('fct_early_help_cases') }} where case_type_code = 'LEAD'),

-- 1.7: a member of a case of early help at some time in the twelve months before
known as (

    select distinct enquiries.s47_id
    from enquiries
    inner join members
        on
            enquiries.person_id = members.person_id
            and enquiries.strategy_date > members.joined_date
            and (
                members.left_date is null
                or (
                    members.left_date > {{ add_months('enquiries.strategy_date', -12) }}
                    -- G21: of zero length, never a member
                    and members.left_date > members.joined_date
                )
            )
    inner join cases
        on members.case_id = cases.case_id

)

select
    enquiries.s47_id as case_id,
    enquiries.person_id,
    enquiries.team_id,
    cast(null as varchar) as worker_id,
    'ssd_s47_enquiry' as source_table,
    enquiries.s47_id as source_row_key,
    enquiries.strategy_date as attribution_date,
    {{ month_end_of('enquiries.strategy_date') }} as month_end,

    -- 1.7
    cast(known.s47_id is not null as double) as measure_s47_child_known_to_early_help

from enquiries
left join known
    on enquiries.s47_id = known.s47_id
