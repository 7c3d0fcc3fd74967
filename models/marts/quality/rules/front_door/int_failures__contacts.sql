with

contacts as (

    {{ with_surviving_person(ref('stg_ssd__contacts'), ref('int_people_merged')) }}
    where {{ is_usable('contacts') }}

),

referrals as (select * from {{ ref('fct_referrals') }}),

-- a link to a quarantined referral is still a valid link
referral_rows as (

    select
        row_key as referral_id,
        event_date as received_date
    from {{ ref('int_quality_rows') }}
    where table_name = 'ssd_cin_episodes'

),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

-- CON-04: recorded as having become an unnamed referral; with the last working day for it
unlinked as (

    select
        contacts.contact_id,
        contacts.surviving_person_id,
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
        and contacts.surviving_person_id is not null
        -- a referral may still follow
        and as_at_day.working_day_number > received_day.working_day_number + 5

),

followed as (

    select distinct unlinked.contact_id
    from unlinked
    inner join referrals
        on
            unlinked.surviving_person_id = referrals.person_id
            and unlinked.received_date <= referrals.received_date
    inner join calendar as referral_day
        on
            referrals.received_date = referral_day.calendar_date
            and unlinked.last_working_day >= referral_day.working_day_number

),

checked as (

    select
        contacts.*,
        -- who made contact is one of the things that must agree, so it must be known
        contacts.surviving_person_id is not null
        and contacts.source_code is not null
        and row_number() over (
            partition by
                contacts.surviving_person_id, contacts.received_date, contacts.source_code
            order by contacts.contact_id
        ) > 1 as is_repeated,
        unlinked.contact_id is not null and followed.contact_id is null
            as is_without_referral,
        contacts.referral_id is not null and linked.referral_id is null as is_link_broken,
        linked.received_date as linked_date
    from contacts
    left join unlinked
        on contacts.contact_id = unlinked.contact_id
    left join followed
        on contacts.contact_id = followed.contact_id
    left join referral_rows as linked
        on contacts.referral_id = linked.referral_id

)

-- CON-02 for an unknown code comes from the contract. In an extract without any referrals
-- no link can be looked up.
{{ failed_rules('checked', 'ssd_contacts', [
    ('CON-02', 'cont_contact_source_code', "source_code is null"),
    ('CON-03', 'cont_contact_date', "is_repeated"),
    (
        'CON-04', 'x_cont_referral_id',
        "is_without_referral and exists (select 1 from referrals)"
    ),
    ('CON-05', 'x_cont_referral_id', "is_link_broken and exists (select 1 from referral_rows)"),
    ('CON-06', 'x_cont_referral_id', "linked_date < received_date"),
]) }}
