with

recorded as (select * from {{ ref('stg_ssd__s47_enquiries') }}),

enquiries as (

    select *
    from recorded
    where
        coalesce(status_code, '') <> 'CANCELLED'
        and unusable_for is null

),

referrals as (select * from {{ ref('fct_referrals') }}),

assessments as (select * from {{ ref('fct_assessments') }}),

conferences as (select * from {{ ref('int_initial_conferences_held') }}),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

assessed_referrals as (

    select distinct referral_id
    from assessments

),

linked_enquiries as (

    select distinct s47_id
    from conferences

),

last_conferences as (

    select
        person_id,
        max(held_date) as held_date
    from conferences
    group by person_id

),

checked as (

    select
        enquiries.*,
        referrals.received_date as referral_date,
        coalesce(referrals.closed_date <= extract_in_force.as_at_date, false)
            as is_referral_closed,
        enquiries.referral_id is not null and assessed_referrals.referral_id is null
            as is_without_assessment,
        linked_enquiries.s47_id is not null
        or coalesce(last_conferences.held_date >= enquiries.strategy_date, false)
            as has_conference,
        {{ working_days_between('strategy_day', 'as_at_day') }} > parameters.icpc_wd
            as is_past_limit,
        -- S47-04: begins while another enquiry about the child is open
        enquiries.person_id is not null
        and coalesce(
            max(coalesce(enquiries.completed_date, date '9999-12-31')) over (
                partition by enquiries.person_id
                order by enquiries.strategy_date, enquiries.s47_id
                rows between unbounded preceding and 1 preceding
            ) > enquiries.strategy_date,
            false
        ) as is_inside_another,
        -- no conference is needed if the child is found not to be at risk
        coalesce(enquiries.is_no_further_action, false)
        or coalesce(enquiries.outcome_code in ('NOT_SUBST', 'SUBST_NO_RISK'), false)
            as is_conference_unneeded,
        coalesce(enquiries.is_no_further_action, false)
        or {{ has_json_flag('enquiries.outcome_json', ['NFA']) }} as says_no_further_action,
        coalesce(enquiries.outcome_code = 'SUBST_RISK', false)
        or {{ has_json_flag(
            'enquiries.outcome_json',
            ['CP_CONFERENCE', 'LEGAL_ACTION', 'PROV_OF_SERVICES', 'PROV_OF_SB_CARE']
        ) }} as says_further_action
    from enquiries
    cross join extract_in_force
    left join referrals
        on enquiries.referral_id = referrals.referral_id
    left join assessed_referrals
        on enquiries.referral_id = assessed_referrals.referral_id
    left join linked_enquiries
        on enquiries.s47_id = linked_enquiries.s47_id
    left join last_conferences
        on enquiries.person_id = last_conferences.person_id
    left join calendar as strategy_day
        on enquiries.strategy_date = strategy_day.calendar_date
    left join calendar as as_at_day
        on extract_in_force.as_at_date = as_at_day.calendar_date
    left join parameters
        on as_at_day.month_end = parameters.month_end

),

failed as (

    select
        source_row,
        strategy_date < referral_date as s47_03__s47e_s47_start_date,
        is_inside_another as s47_04__s47e_s47_start_date,
        completed_date is not null and outcome_code is null as s47_05__x_s47e_outcome_code,
        says_no_further_action and says_further_action as s47_06__s47e_s47_nfa,
        completed_date is null
        and (
            is_referral_closed
            or (
                is_past_limit
                and not has_conference
                and not is_conference_unneeded
                and exists (select conferences.* from conferences)
            )
        ) as s47_07__s47e_s47_end_date,
        is_without_assessment and exists (select assessments.* from assessments)
            as s47_08__s47e_referral_id
    from checked

)

{{ failures_in('failed', 'ssd_s47_enquiry') }}
