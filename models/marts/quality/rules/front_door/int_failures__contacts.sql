with

contacts as (select * from {{ ref('stg_ssd__contacts') }} where unusable_for is null),

referrals as (select * from {{ ref('fct_referrals') }}),

-- a link to a quarantined referral is still a valid link
referral_rows as (

    select
        referral_id,
        received_date
    from {{ ref('stg_ssd__referrals') }}

),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

-- CON-04: recorded as having become an unnamed referral; with the last working day for it
unlinked as (

    select
        contacts.contact_id,
        contacts.person_id,
        contacts.received_date,
        received_day.working_day_number + 5 as last_working_day
    from contacts
    cross join extract_in_force
    inner join calendar as received_day
        on contacts.received_date = received_day.calendar_date
    inner join calendar as as_at_day
        on extract_in_force.as_at_date = as_at_day.calendar_date
    where
        contacts.outcome_code = 'REFERRAL'
        and contacts.referral_id is null
        and contacts.person_id is not null
        -- a referral may still follow
        and as_at_day.working_day_number > received_day.working_day_number + 5

),

followed as (

    select distinct unlinked.contact_id
    from unlinked
    inner join referrals
        on
            unlinked.person_id = referrals.person_id
            and unlinked.received_date <= referrals.received_date
    inner join calendar as referral_day
        on
            referrals.received_date = referral_day.calendar_date
            and unlinked.last_working_day >= referral_day.working_day_number

),

-- CON-03: who made contact is one of the things that must agree, so it must be known
firsts as (

    select
        person_id,
        received_date,
        source_code,
        min(contact_id) as contact_id
    from contacts
    group by person_id, received_date, source_code
    having count(*) > 1

),

-- CON-02 for an unknown code comes from the contract. In an extract without any referrals
-- no link can be looked up.
failed as (

    select
        contacts.source_row,
        contacts.source_code is null as con_02__cont_contact_source_code,
        firsts.contact_id <> contacts.contact_id as con_03__cont_contact_date,
        unlinked.contact_id is not null
        and followed.contact_id is null
        and exists (select referrals.* from referrals)
            as con_04__x_cont_referral_id,
        contacts.referral_id is not null
        and linked.referral_id is null
        and exists (select referral_rows.* from referral_rows)
            as con_05__x_cont_referral_id,
        linked.received_date < contacts.received_date as con_06__x_cont_referral_id
    from contacts
    left join firsts
        on
            contacts.person_id = firsts.person_id
            and contacts.received_date = firsts.received_date
            and contacts.source_code = firsts.source_code
    left join unlinked
        on contacts.contact_id = unlinked.contact_id
    left join followed
        on contacts.contact_id = followed.contact_id
    left join referral_rows as linked
        on contacts.referral_id = linked.referral_id

)

{{ failures_in('failed', 'ssd_contacts') }}
