with

contacts as (select * from {{ ref('stg_ssd__contacts') }}),

referrals as (select * from {{ ref('fct_referrals') }}),

linked as (

    select distinct referral_id
    from contacts
    where received_date is not null

)

select
    referrals.referral_id,
    referrals.person_id,
    referrals.received_date,
    row_number() over (
        partition by referrals.person_id
        order by referrals.received_date, referrals.referral_id
    ) as referral_position
from referrals
left join linked
    on referrals.referral_id = linked.referral_id
where linked.referral_id is null and referrals.person_id is not null
