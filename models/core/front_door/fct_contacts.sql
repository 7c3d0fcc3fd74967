with

contacts as (select * from {{ ref('stg_ssd__contacts') }} where unusable_for is null),

referrals as (select referral_id from {{ ref('fct_referrals') }}),

matched as (select * from {{ ref('int_contacts_matched') }}),

source_groups as (select * from {{ ref('code_groups') }} where domain = 'contact_source'),

judged as (

    select
        contacts.contact_id,
        contacts.person_id,
        contacts.referral_id as recorded_referral_id,
        coalesce(referrals.referral_id, matched.referral_id) as referral_id,
        contacts.source_code,
        coalesce(source_groups.code_group, 'OTHERS') as source_group,
        contacts.outcome_code,
        -- G30
        coalesce(contacts.outcome_code = 'REFERRAL', false)
        or contacts.referral_id is not null
        or matched.referral_id is not null as is_progressed,
        contacts.received_date
    from contacts
    left join referrals
        on contacts.referral_id = referrals.referral_id
    left join matched
        on contacts.contact_id = matched.contact_id
    left join source_groups
        on
            contacts.source_code = source_groups.code
            and {{ holds_on('source_groups', 'contacts.received_date') }}

)

select
    contact_id,
    person_id,
    referral_id,
    source_code,
    source_group,
    outcome_code,
    is_progressed,
    -- 2.2: two contacts with one referral id for one child are one referral, on the earlier
    is_progressed
    and (
        recorded_referral_id is null
        or row_number() over (
            partition by person_id, recorded_referral_id
            order by received_date, contact_id
        ) = 1
    ) as is_referral,
    received_date
from judged
