with

cases as (

    select * from {{ ref('stg_ssd__early_help_cases') }} where unusable_for is null

),

episodes as (select * from {{ ref('stg_ssd__early_help_episodes') }} where unusable_for is null),

referrals as (select * from {{ ref('fct_referrals') }}),

-- the referrals of the children of a case, on the day it was opened
referrals_of_cases as (

    select
        cases.case_id,
        bool_or(
            referrals.closed_date between {{ add_days('cases.opened_date', -28) }}
            and cases.opened_date
        ) as has_referral_closed,
        bool_or(
            {{ is_open_at(
                'referrals.received_date', 'referrals.closed_date', 'cases.opened_date'
            ) }}
        ) as has_referral_open
    from cases
    inner join episodes
        on cases.case_id = episodes.case_id
    inner join referrals
        on episodes.person_id = referrals.person_id
    group by cases.case_id

),

-- EHP-07: 1.9 also takes a family whose referral is still being closed that day. An extract without
-- any referrals does not show what social care did.
failed as (

    select
        cases.source_row,
        cases.origin_code = 'STEP_DOWN'
        and not coalesce(of_case.has_referral_closed, false)
        and not coalesce(of_case.has_referral_open, false)
        and exists (select referrals.* from referrals)
            as ehp_07__ehcs_origin_code,
        cases.case_type_code = 'SW_SUPPORT'
        and not coalesce(of_case.has_referral_open, false)
        and exists (select referrals.* from referrals)
            as ehp_08__ehcs_case_type_code
    from cases
    left join referrals_of_cases as of_case
        on cases.case_id = of_case.case_id

)

{{ failures_in('failed', 'ssdx_early_help_cases') }}
