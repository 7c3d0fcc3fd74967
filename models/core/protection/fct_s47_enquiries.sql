with

enquiries as (select * from {{ ref('stg_ssd__s47_enquiries') }}),

outcome_groups as (select * from {{ ref('code_groups') }} where domain = 's47_outcome')

select
    enquiries.s47_id,
    enquiries.person_id,
    enquiries.referral_id,
    enquiries.team_id,
    enquiries.outcome_code,
    outcome_groups.code_group as outcome_group,
    -- kept because G51 lets a conference be timed from a cancelled enquiry that it is linked to
    coalesce(enquiries.status_code = 'CANCELLED', false) as is_cancelled,
    enquiries.strategy_date,
    enquiries.completed_date
from enquiries
left join outcome_groups
    on
        enquiries.outcome_code = outcome_groups.code
        and {{ holds_on(
            'outcome_groups', 'coalesce(enquiries.completed_date, enquiries.strategy_date)'
        ) }}
where enquiries.unusable_for is null
