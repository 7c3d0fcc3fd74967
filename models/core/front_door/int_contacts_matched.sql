with recursive

contacts as (select * from {{ ref('int_contacts_to_match') }}),

referrals as (select * from {{ ref('int_referrals_to_match') }}),

-- 2.2 and G61: each contact in turn takes the child's earliest referral that is still free and
-- received between the contact and three working days later. Contacts are in date order, so any
-- referral before the last match is never free again and only one position has to be kept.
matched (person_id, contact_position, contact_id, referral_id, last_position) as (

    select distinct
        contacts.person_id,
        cast(0 as bigint) as contact_position,
        cast(null as varchar) as contact_id,
        cast(null as varchar) as referral_id,
        cast(0 as bigint) as last_position
    from contacts
    inner join referrals
        on contacts.person_id = referrals.person_id

    union all

    select
        matched.person_id,
        contacts.contact_position,
        contacts.contact_id,
        min_by(referrals.referral_id, referrals.referral_position) as referral_id,
        coalesce(min(referrals.referral_position), matched.last_position) as last_position
    from matched
    inner join contacts
        on
            matched.person_id = contacts.person_id
            and matched.contact_position + 1 = contacts.contact_position
    left join referrals
        on
            contacts.person_id = referrals.person_id
            and matched.last_position < referrals.referral_position
            and referrals.received_date between contacts.received_date
            and contacts.last_matching_date
    group by
        matched.person_id,
        contacts.contact_position,
        contacts.contact_id,
        matched.last_position

)

select
    contact_id,
    referral_id
from matched
where referral_id is not null
