with

contacts as (select * from {{ ref('stg_ssd__contacts') }} where unusable_for is null),

referrals as (select * from {{ ref('fct_referrals') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

working_days as (select * from calendar where is_working_day),

unlinked as (

    select
        contacts.contact_id,
        contacts.person_id,
        contacts.received_date
    from contacts
    left join referrals
        on contacts.referral_id = referrals.referral_id
    where
        referrals.referral_id is null
        -- G30: progressed without a known referral, or with neither outcome nor id
        and (
            contacts.outcome_code = 'REFERRAL'
            or contacts.referral_id is not null
            or contacts.outcome_code is null
        )
    -- 2.2: a child's contacts with the same referral id are one referral, known or not
    qualify
        contacts.referral_id is null
        or row_number() over (
            partition by contacts.person_id, contacts.referral_id
            order by contacts.received_date, contacts.contact_id
        ) = 1

)

select
    unlinked.contact_id,
    unlinked.person_id,
    unlinked.received_date,
    working_days.calendar_date as last_matching_date,
    -- G61: by date, then id
    row_number() over (
        partition by unlinked.person_id
        order by unlinked.received_date, unlinked.contact_id
    ) as contact_position
from unlinked
inner join calendar
    on unlinked.received_date = calendar.calendar_date
inner join working_days
    on calendar.working_day_number + 3 = working_days.working_day_number
where unlinked.person_id is not null
