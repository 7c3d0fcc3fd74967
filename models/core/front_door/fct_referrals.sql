with

referrals as (select * from {{ ref('stg_ssd__referrals') }})

select
    referral_id,
    person_id,
    team_id,
    primary_need_code,
    outcome_code,
    -- G27: a flag that is missing does not mean no further action
    coalesce(is_no_further_action, false) as is_no_further_action,
    received_date,
    closed_date,
    -- 2.7: the latest earlier day with a referral; one on the same day does not count. Referrals
    -- without a person are unrelated to each other.
    max(received_date) over (
        partition by coalesce(person_id, referral_id), person_id is null
        order by received_date
        range between unbounded preceding and interval 1 day preceding
    ) as previous_received_date
from referrals
where unusable_for is null
