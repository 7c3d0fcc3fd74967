with

contacts as (select * from {{ ref('fct_contacts') }} where is_referral),

referrals as (select * from {{ ref('fct_referrals') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }})

select
    contacts.contact_id as case_id,
    contacts.person_id,
    -- G10: the referral's team, on the contact's date
    referrals.team_id,
    cast(null as varchar) as worker_id,
    'ssd_contacts' as source_table,
    contacts.contact_id as source_row_key,
    contacts.received_date as attribution_date,
    parameters.month_end,
    contacts.received_date as decided_on,
    referrals.received_date as decided_on_referral_led_to_assessment,
    referrals.previous_received_date as decided_on_referral_repeated,

    -- 2.2
    cast(1 as double) as measure_referral_received,
    -- 2.5: a social work assessment was started; 0 without an outcome (MD4) or a referral
    cast(coalesce(referrals.outcome_code = 'SWA', false) as double)
        as measure_referral_led_to_assessment,

    -- 2.7: an earlier referral of the child in the twelve months before this one
    cast(coalesce(
        referrals.previous_received_date >= {{ add_months(
            'referrals.received_date', '-cast(parameters.rereferral_months as integer)'
        ) }},
        false
    ) as double) as measure_referral_repeated
from contacts
left join referrals
    on contacts.referral_id = referrals.referral_id
inner join parameters
    on {{ month_end_of('contacts.received_date') }} = parameters.month_end
