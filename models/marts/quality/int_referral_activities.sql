{# G72: an activity without a referral id belongs to the referral of what it followed from: a
   conference to that of its enquiry, a plan to that of its conference, reviews and visits to that
   of their plan. Links are followed through quarantined and cancelled rows. #}
with

conferences as (select * from {{ ref('stg_ssd__initial_cp_conferences') }}),

-- nothing under other councils' plans is our activity
cp_plans as (select * from {{ ref('stg_ssd__cp_plans') }} where not coalesce(is_other_la, false)),

cin_plans as (select * from {{ ref('fct_cin_plans') }}),

referrals_of_conferences as (

    select
        conferences.conference_id,
        conferences.plan_id,
        coalesce(conferences.referral_id, enquiries.referral_id) as referral_id
    from conferences
    left join {{ ref('stg_ssd__s47_enquiries') }} as enquiries
        on conferences.s47_id = enquiries.s47_id

),

-- the plan may name its conference, or the conference the plan
referrals_of_plans_named as (

    select
        plan_id,
        min(referral_id) as referral_id
    from referrals_of_conferences
    where plan_id is not null
    group by plan_id

),

referrals_of_plans as (

    select
        cp_plans.plan_id,
        coalesce(
            cp_plans.referral_id, of_conferences.referral_id, of_plans_named.referral_id
        ) as referral_id
    from cp_plans
    left join referrals_of_conferences as of_conferences
        on cp_plans.conference_id = of_conferences.conference_id
    left join referrals_of_plans_named as of_plans_named
        on cp_plans.plan_id = of_plans_named.plan_id

),

activities as (

    select
        'ssd_cin_assessments' as table_name,
        assessment_id as row_key,
        referral_id,
        'assessment' as kind,
        coalesce(authorised_date, start_date) as last_date
    from {{ ref('fct_assessments') }}
    union all
    select
        'ssd_s47_enquiry' as table_name,
        s47_id as row_key,
        referral_id,
        'work' as kind,
        coalesce(completed_date, strategy_date) as last_date
    from {{ ref('fct_s47_enquiries') }}
    where not is_cancelled
    union all
    select
        'ssd_initial_cp_conference' as table_name,
        conferences.conference_id as row_key,
        of_conferences.referral_id,
        'work' as kind,
        conferences.held_date as last_date
    from conferences
    inner join referrals_of_conferences as of_conferences
        on conferences.conference_id = of_conferences.conference_id
    where
        conferences.held_date is not null
        and coalesce(conferences.status_code, 'HELD') not in ('PLANNED', 'CANCELLED')
    union all
    select
        'ssd_cin_plans' as table_name,
        plan_id as row_key,
        referral_id,
        'work' as kind,
        coalesce(end_date, start_date) as last_date
    from cin_plans
    union all
    select
        'ssd_cp_plans' as table_name,
        cp_plans.plan_id as row_key,
        of_plans.referral_id,
        'work' as kind,
        coalesce(cp_plans.end_date, cp_plans.start_date) as last_date
    from cp_plans
    inner join referrals_of_plans as of_plans
        on cp_plans.plan_id = of_plans.plan_id
    where cp_plans.unusable_for is null
    union all
    select
        'ssd_cp_reviews' as table_name,
        cp_reviews.conference_id as row_key,
        of_plans.referral_id,
        'under a plan' as kind,
        cp_reviews.held_date as last_date
    from {{ ref('stg_ssd__cp_reviews') }} as cp_reviews
    inner join referrals_of_plans as of_plans
        on cp_reviews.plan_id = of_plans.plan_id
    where cp_reviews.held_date is not null and coalesce(cp_reviews.status_code, 'HELD') = 'HELD'
    union all
    select
        'ssd_cp_visits' as table_name,
        cp_visits.visit_id as row_key,
        of_plans.referral_id,
        'under a plan' as kind,
        cp_visits.visit_date as last_date
    from {{ ref('stg_ssd__cp_visits') }} as cp_visits
    inner join referrals_of_plans as of_plans
        on cp_visits.plan_id = of_plans.plan_id
    where cp_visits.unusable_for is null
    union all
    select
        'ssdx_plan_reviews' as table_name,
        plan_reviews.plan_review_id as row_key,
        cin_plans.referral_id,
        'under a plan' as kind,
        plan_reviews.reviewed_date as last_date
    from {{ ref('stg_ssd__plan_reviews') }} as plan_reviews
    inner join cin_plans
        on plan_reviews.plan_id = cin_plans.plan_id
    where plan_reviews.plan_type_code = 'CIN' and plan_reviews.unusable_for is null
    union all
    select
        'ssd_cla_episodes' as table_name,
        episode_id as row_key,
        referral_id,
        'in care' as kind,
        coalesce(end_date, start_date) as last_date
    from {{ ref('stg_ssd__lac_episodes') }}
    where not coalesce(is_other_la, false) and unusable_for is null

)

select * from activities
where referral_id is not null
