with

assessments as (select * from {{ ref('fct_assessments') }}),

enquiries as (select * from {{ ref('fct_s47_enquiries') }} where not is_cancelled),

conferences as (

    select * from {{ ref('stg_ssd__initial_cp_conferences') }}
    where
        held_date is not null
        and coalesce(status_code, 'HELD') not in ('PLANNED', 'CANCELLED')

),

cin_plans as (select * from {{ ref('fct_cin_plans') }}),

cp_plans as (

    select * from {{ ref('stg_ssd__cp_plans') }}
    where not coalesce(is_other_la, false) and {{ is_usable('cp_plans') }}

),

activities as (

    select
        referral_id,
        true as is_assessment,
        coalesce(authorised_date, start_date) as last_date
    from assessments
    union all
    select
        referral_id,
        false as is_assessment,
        coalesce(completed_date, strategy_date) as last_date
    from enquiries
    union all
    select
        referral_id,
        false as is_assessment,
        held_date as last_date
    from conferences
    union all
    select
        referral_id,
        false as is_assessment,
        coalesce(end_date, start_date) as last_date
    from cin_plans
    union all
    select
        referral_id,
        false as is_assessment,
        coalesce(end_date, start_date) as last_date
    from cp_plans

)

select
    referral_id,
    bool_or(is_assessment) as has_assessment,
    bool_or(not is_assessment) as has_other_activity,
    max(last_date) as last_activity_date
from activities
where referral_id is not null
group by referral_id
