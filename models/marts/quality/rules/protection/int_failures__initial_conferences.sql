with

conferences as (select * from {{ ref('stg_ssd__initial_cp_conferences') }}),

facts as (select * from {{ ref('fct_initial_conferences') }}),

enquiries as (select * from {{ ref('fct_s47_enquiries') }}),

-- G72: the referral of a conference held may be known only through its enquiry
referrals as (

    select
        activities.row_key as conference_id,
        referrals.received_date
    from {{ ref('int_referral_activities') }} as activities
    inner join {{ ref('fct_referrals') }} as referrals
        on activities.referral_id = referrals.referral_id
    where activities.table_name = 'ssd_initial_cp_conference'

),

plan_rows as (select * from {{ ref('stg_ssd__cp_plans') }}),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

-- another council's plan is enough: the conference still decided on it
plan_starts as (

    select distinct
        person_id,
        start_date
    from plan_rows
    where person_id is not null and start_date is not null

),

checked as (

    select
        conferences.*,
        conferences.held_date is not null
        and coalesce(conferences.status_code, 'HELD') not in ('PLANNED', 'CANCELLED') as is_held,
        coalesce(conferences.status_code = 'CANCELLED', false) as is_cancelled,
        enquiries.strategy_date as s47_date,
        referrals.received_date as referral_date,
        not held_day.is_working_day as is_held_on_day_off,
        not target_day.is_working_day as is_target_on_day_off,
        target_day.working_day_number - clock_start_day.working_day_number <> parameters.icpc_wd
            as is_target_at_other_limit,
        plan_starts.start_date is not null as has_plan,
        -- 6.4 counts conferences that are not transfers
        coalesce(facts.conference_type = 'ICPC' and facts.strategy_date is null, false)
            as is_clock_start_unknown
    from conferences
    cross join extract_in_force
    left join enquiries
        on conferences.s47_id = enquiries.s47_id
    left join referrals
        on conferences.conference_id = referrals.conference_id
    left join facts
        on conferences.conference_id = facts.conference_id
    left join plan_starts
        on
            conferences.person_id = plan_starts.person_id
            and conferences.held_date = plan_starts.start_date
    left join calendar as held_day
        on conferences.held_date = held_day.calendar_date
    left join calendar as target_day
        on conferences.target_date = target_day.calendar_date
    left join calendar as clock_start_day
        on
            coalesce(conferences.strategy_date, enquiries.strategy_date)
            = clock_start_day.calendar_date
    left join parameters
        on {{ month_end_of('extract_in_force.as_at_date') }} = parameters.month_end

),

numbered as (

    select
        *,
        is_held
        and person_id is not null
        and row_number() over (
            partition by person_id, held_date, is_held order by conference_id
        ) > 1 as is_repeated
    from checked

),

-- A conference that is planned or cancelled has not taken place. More plans than conferences in a
-- year, the other half of ICP-06, is in int_failures__plans_without_conference.
failed as (

    select
        source_row,
        held_date is null
        and not is_cancelled
        and (coalesce(status_code = 'HELD', false) or has_cp_outcome is not null)
            as icp_01__icpc_icpc_date,
        is_held
        and (held_date < strategy_date or held_date < s47_date or held_date < referral_date)
            as icp_02__icpc_icpc_date,
        is_held and is_held_on_day_off as icp_03__icpc_icpc_date,
        not is_cancelled and (is_target_on_day_off or is_target_at_other_limit)
            as icp_04__icpc_icpc_target_date,
        is_repeated as icp_05__icpc_icpc_date,
        is_held
        and has_cp_outcome
        and not has_plan
        and exists (select plan_starts.* from plan_starts)
            as icp_06__icpc_icpc_outcome_cp_flag,
        is_cancelled and has_cp_outcome is not null as icp_07__icpc_icpc_outcome_cp_flag,
        is_clock_start_unknown as icp_08__x_icpc_strategy_discussion_date
    from numbered

)

{{ failures_in('failed', 'ssd_initial_cp_conference') }}
