{# What could have followed an assessment that ends in no further action. #}
{% set further_action = [
    'STRATEGY_DISCUSSION', 'CLA_REQUEST', 'LEGAL_ACTION', 'PROV_OF_SERVICES', 'PROV_OF_SB_CARE',
    'SPECIALIST_ASSESSMENT',
] %}
with

recorded as (select * from {{ ref('stg_ssd__assessments') }}),

assessments as (

    select *
    from recorded
    where
        coalesce(status_code, '') <> 'CANCELLED'
        and unusable_for is null

),

-- a link to a quarantined referral is still a valid link
referrals as (

    select
        referral_id,
        received_date,
        closed_date
    from {{ ref('stg_ssd__referrals') }}

),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

last_month as (select max(month_end) as month_end from {{ ref('int_reporting_months') }}),

-- ASM-06 must equal indicator 3.4 at the end of the last complete month, so it uses 3.4's cases
overdue as (

    select cases.case_id as assessment_id
    from {{ ref('int_cases__assessments_open') }} as cases
    inner join last_month
        on cases.month_end = last_month.month_end
    where cases.measure_assessment_overdue > 0

),

checked as (

    select
        assessments.*,
        overdue.assessment_id is not null as is_overdue,
        referrals.received_date as referral_date,
        assessments.referral_id is not null and referrals.referral_id is null as is_link_broken,
        coalesce(referrals.closed_date <= extract_in_force.as_at_date, false)
            as is_referral_closed,
        -- ASM-05: begins while another under the same referral is open
        assessments.referral_id is not null
        and coalesce(
            max(coalesce(assessments.authorised_date, date '9999-12-31')) over (
                partition by assessments.referral_id, assessments.person_id
                order by assessments.start_date, assessments.assessment_id
                rows between unbounded preceding and 1 preceding
            ) > assessments.start_date,
            false
        ) as is_inside_another,
        coalesce(assessments.is_no_further_action, false)
        or {{ has_json_flag('assessments.outcome_json', ['NFA']) }} as says_no_further_action,
        coalesce(assessments.outcome_code in ('ONGOING', 'STEP_DOWN'), false)
        or {{ has_json_flag('assessments.outcome_json', further_action) }} as says_further_action
    from assessments
    cross join extract_in_force
    left join overdue
        on assessments.assessment_id = overdue.assessment_id
    left join referrals
        on assessments.referral_id = referrals.referral_id

),

failed as (

    select
        source_row,
        start_date < referral_date as asm_03__cina_assessment_start_date,
        authorised_date is null and is_referral_closed as asm_04__cina_assessment_auth_date,
        is_inside_another as asm_05__cina_assessment_start_date,
        is_overdue as asm_06__cina_assessment_auth_date,
        authorised_date is not null and outcome_code is null as asm_07__x_cina_outcome_code,
        says_no_further_action and says_further_action as asm_08__cina_assessment_outcome_nfa,
        is_link_broken and exists (select referrals.* from referrals) as asm_11__cina_referral_id
    from checked

)

{{ failures_in('failed', 'ssd_cin_assessments') }}
