with

referrals as (select * from {{ ref('stg_ssd__referrals') }} where unusable_for is null),

activities as (

    select
        referral_id,
        bool_or(kind = 'assessment') as has_assessment,
        bool_or(kind = 'work') as has_other_activity,
        max(last_date) as last_activity_date
    from {{ ref('int_referral_activities') }}
    group by referral_id

),

assessments as (select assessment_id from {{ ref('fct_assessments') }}),

people as (select * from {{ ref('dim_person') }}),

-- an unreadable flag fails its contract and is not missing
unreadable_flags as (

    select source_row from {{ ref('int_failures__cells') }}
    where rule_id = 'REF-07' and table_name = 'ssd_cin_episodes'

),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

-- REF-13: the last day from which more than five working days have passed
outcome_due as (

    select max(earlier_days.calendar_date) as last_received_date
    from extract_in_force
    inner join {{ ref('dim_calendar_day') }} as as_at_day
        on extract_in_force.as_at_date = as_at_day.calendar_date
    inner join {{ ref('dim_calendar_day') }} as earlier_days
        on as_at_day.working_day_number - 5 > earlier_days.working_day_number

),

-- a referral without further action opens no case, nor does one that closed on its first day
marked as (

    select
        referrals.*,
        extract_in_force.as_at_date,
        not coalesce(referrals.is_no_further_action, false)
        and coalesce(referrals.closed_date > referrals.received_date, true)
        and referrals.person_id is not null as is_case,
        {{ is_open_at(
            'referrals.received_date', 'referrals.closed_date', 'extract_in_force.as_at_date'
        ) }} as is_open
    from referrals
    cross join extract_in_force

),

-- the child's cases that were received before this one
compared as (

    select
        *,
        count(case when is_case and is_open then 1 end) over earlier as open_before,
        max(case when is_case and not is_open then closed_date end) over earlier
            as last_closed_before
    from marked
    window earlier as (
        partition by person_id
        order by received_date, referral_id
        rows between unbounded preceding and 1 preceding
    )

),

checked as (

    select
        compared.*,
        coalesce(activities.has_assessment, false) as has_assessment,
        coalesce(activities.has_other_activity, false) as has_other_activity,
        activities.last_activity_date,
        people.death_date,
        unreadable_flags.source_row is not null as is_flag_unreadable,
        compared.received_date <= outcome_due.last_received_date as is_outcome_due
    from compared
    cross join outcome_due
    left join activities
        on compared.referral_id = activities.referral_id
    left join people
        on compared.person_id = people.person_id
    left join unreadable_flags
        on compared.source_row = unreadable_flags.source_row

),

-- unknown codes (REF-04, REF-09) and unreadable flags (REF-07) come from the
-- contract
failed as (

    select
        source_row,
        closed_date is not null and closure_reason_code is null as ref_03__cine_close_reason,
        closed_date is null and closure_reason_code is not null as ref_03__cine_close_date,
        is_case and is_open and open_before > 0 as ref_05__cine_close_date,
        is_case and (received_date < last_closed_before or (not is_open and open_before > 0))
            as ref_06__cine_referral_date,
        is_no_further_action is null and not is_flag_unreadable as ref_07__cine_referral_nfa,
        is_no_further_action and (has_assessment or has_other_activity)
            as ref_08__cine_referral_nfa,
        primary_need_code is null and not coalesce(is_no_further_action, false)
            as ref_09__cine_cin_primary_need_code,
        closure_reason_code in ('RC8', 'RC9')
        and (
            has_other_activity
            or (not has_assessment and exists (select assessments.* from assessments))
        )
            as ref_10__cine_close_reason,
        last_activity_date > closed_date as ref_11__cine_close_date,
        closure_reason_code = 'RC2' and death_date is null and person_id is not null
            as ref_12__cine_close_reason,
        outcome_code is null
        and not coalesce(is_no_further_action, false)
        and is_outcome_due
            as ref_13__x_cine_outcome_code
    from checked

)

{{ failures_in('failed', 'ssd_cin_episodes') }}
