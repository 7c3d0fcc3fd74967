with

referrals as (select * from {{ ref('fct_referrals') }} where not is_no_further_action),

people as (select * from {{ ref('dim_person') }}),

months as (select * from {{ ref('int_reporting_months') }}),

looked_after as (

    select
        person_id,
        month_end
    from {{ ref('int_looked_after_at_month_end') }}

),

on_cp_plan as (

    select
        person_id,
        month_end
    from {{ ref('int_on_cp_plan_at_month_end') }}

),

open_referrals as (

    select
        referrals.referral_id,
        referrals.person_id,
        referrals.received_date,
        months.month_end
    from referrals
    inner join months
        on {{ is_open_at('referrals.received_date', 'referrals.closed_date', 'months.month_end') }}
    inner join people
        on referrals.person_id = people.person_id
    where
        {{ is_child_at('people', 'months.month_end') }}
    -- 5.5: of several open referrals, the earliest
    qualify
        row_number() over (
            partition by referrals.person_id, months.month_end
            order by referrals.received_date, referrals.referral_id
        ) = 1

)

select
    open_referrals.referral_id,
    open_referrals.person_id,
    open_referrals.received_date,
    open_referrals.month_end
from open_referrals
left join looked_after
    on
        open_referrals.person_id = looked_after.person_id
        and open_referrals.month_end = looked_after.month_end
left join on_cp_plan
    on
        open_referrals.person_id = on_cp_plan.person_id
        and open_referrals.month_end = on_cp_plan.month_end
where looked_after.person_id is null and on_cp_plan.person_id is null
