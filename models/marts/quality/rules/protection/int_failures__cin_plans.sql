with

table_of_referrals as (

    select history_from from {{ ref('stg_landing__extract_tables') }}
    where table_name = 'ssd_cin_episodes'

),

plans as (select * from {{ ref('stg_ssd__cin_plans') }} where unusable_for is null),

referrals as (select * from {{ ref('fct_referrals') }}),

cp_plans as (select * from {{ ref('fct_cp_plans') }}),

cp_reviews as (

    select * from {{ ref('stg_ssd__cp_reviews') }}
    where held_date is not null and coalesce(status_code, 'HELD') = 'HELD'

),

first_referrals as (

    select
        person_id,
        min(received_date) as received_date
    from referrals
    where person_id is not null
    group by person_id

),

-- G21: a plan that ended on its first day was never open
in_order as (

    select
        source_row,
        max(coalesce(end_date, date '9999-12-31')) over (
            partition by person_id
            order by start_date, plan_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_so_far
    from plans
    where person_id is not null and coalesce(end_date > start_date, true)

),

-- CNP-05 allows for the day on which one plan replaces the other, and its conference
under_protection as (

    select plans.source_row
    from plans
    inner join cp_plans
        on plans.person_id = cp_plans.person_id
    where
        plans.start_date < coalesce(cp_plans.end_date, date '9999-12-31')
        and coalesce(plans.end_date, date '9999-12-31') > cp_plans.start_date
        and coalesce(plans.end_date > plans.start_date, true)

    union

    select plans.source_row
    from plans
    inner join cp_reviews
        on plans.person_id = cp_reviews.person_id
    where
        plans.start_date < cp_reviews.held_date
        and coalesce(plans.end_date, date '9999-12-31') > cp_reviews.held_date

),

checked as (

    select
        plans.*,
        in_order.latest_end_so_far,
        under_protection.source_row is not null as is_beside_protection,
        -- without a link, the plan must follow one of the child's referrals within the history held
        case
            when plans.referral_id is not null then referrals.received_date
            when coalesce(table_of_referrals.history_from <= plans.start_date, true)
                then first_referrals.received_date
        end as referred_date
    from plans
    cross join table_of_referrals
    left join in_order
        on plans.source_row = in_order.source_row
    left join under_protection
        on plans.source_row = under_protection.source_row
    left join referrals
        on plans.referral_id = referrals.referral_id
    left join first_referrals
        on plans.person_id = first_referrals.person_id

),

failed as (

    select
        source_row,
        end_date = start_date as cnp_03__cinp_cin_plan_end_date,
        start_date < latest_end_so_far as cnp_04__cinp_cin_plan_start_date,
        is_beside_protection as cnp_05__cinp_cin_plan_end_date,
        start_date < referred_date as cnp_06__cinp_cin_plan_start_date
    from checked

)

{{ failures_in('failed', 'ssd_cin_plans') }}
