with

enquiries as (select * from {{ ref('fct_s47_enquiries') }} where not is_cancelled),

members as (select * from {{ ref('fct_early_help_members') }}),

cases as (select * from {{ ref('fct_early_help_cases') }} where case_type_code = 'LEAD'),

-- the last day before the discussion on which the child was in an early help case: the day of the
-- discussion itself if the child still was
last_known as (

    select
        enquiries.s47_id,
        max(
            case
                when members.left_date < enquiries.strategy_date then members.left_date
                else enquiries.strategy_date
            end
        ) as last_known_date
    from enquiries
    inner join members
        on
            enquiries.person_id = members.person_id
            and enquiries.strategy_date > members.joined_date
            -- G21: zero length, so never a member
            and coalesce(members.left_date > members.joined_date, true)
    inner join cases
        on members.case_id = cases.case_id
    group by enquiries.s47_id

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
    last_known.last_known_date as decided_on,

    -- 1.7: a member of an early help case at some time in the twelve months before
    cast(coalesce(
        last_known.last_known_date > {{ add_months('enquiries.strategy_date', -12) }}, false
    ) as double) as measure_s47_child_known_to_early_help

from enquiries
left join last_known
    on enquiries.s47_id = last_known.s47_id
