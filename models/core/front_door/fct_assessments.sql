with

assessments as (select * from {{ ref('stg_ssd__assessments') }}),

referrals as (select * from {{ ref('fct_referrals') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

outcome_groups as (select * from {{ ref('code_groups') }} where domain = 'assessment_outcome'),

counted as (

    select *
    from assessments
    where
        -- entities: cancelled is not counted
        coalesce(status_code, '') <> 'CANCELLED'
        and unusable_for is null

),

clocked as (

    select
        counted.*,
        -- section 3: the first assessment under a referral runs from the referral, others from
        -- their own start; G50: a cancelled one is never first
        case
            when
                referrals.referral_id is not null
                and row_number() over (
                    partition by counted.referral_id
                    order by counted.start_date, counted.assessment_id
                ) = 1
                then referrals.received_date
            else counted.start_date
        end as clock_start_date
    from counted
    left join referrals
        on counted.referral_id = referrals.referral_id

)

select
    clocked.assessment_id,
    clocked.person_id,
    clocked.referral_id,
    clocked.team_id,
    clocked.outcome_code,
    outcome_groups.code_group as outcome_group,
    {{ working_days_between('clock_start_day', 'authorised_day') }}
        as working_days_from_clock_start,
    clocked.start_date,
    clocked.clock_start_date,
    clocked.authorised_date
from clocked
left join outcome_groups
    on
        clocked.outcome_code = outcome_groups.code
        and {{ holds_on(
            'outcome_groups', 'coalesce(clocked.authorised_date, clocked.start_date)'
        ) }}
left join calendar as clock_start_day
    on clocked.clock_start_date = clock_start_day.calendar_date
left join calendar as authorised_day
    on clocked.authorised_date = authorised_day.calendar_date
