with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

table_of_referrals as (

    select history_from from {{ ref('stg_landing__extract_tables') }}
    where table_name = 'ssd_cin_episodes'

),

plans as (select * from {{ ref('stg_ssd__cp_plans') }} where unusable_for is null),

referrals as (select * from {{ ref('fct_referrals') }}),

rows_chained as (

    select
        plan_id,
        chain_id
    from {{ ref('int_cp_plan_rows_chained') }}

),

merged_plans as (

    select
        plan_id,
        plan_number
    from {{ ref('fct_cp_plans') }}

),

people as (select * from {{ ref('dim_person') }}),

-- G72: the referral of a plan may be known only through its conference
referrals_of_plans as (

    select
        row_key as plan_id,
        referral_id
    from {{ ref('int_referral_activities') }}
    where table_name = 'ssd_cp_plans'

),

first_referrals as (

    select
        person_id,
        min(received_date) as received_date
    from referrals
    where person_id is not null
    group by person_id

),

-- our own plans that lasted at least a day, in the order in which they began
in_order as (

    select
        plans.source_row,
        merged_plans.plan_number,
        people.eighteenth_birthday,
        max(coalesce(plans.end_date, date '9999-12-31')) over (
            partition by coalesce('person ' || plans.person_id, plans.plan_id)
            order by plans.start_date, plans.plan_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_so_far
    from plans
    inner join rows_chained
        on plans.plan_id = rows_chained.plan_id
    inner join merged_plans
        on rows_chained.chain_id = merged_plans.plan_id
    left join people
        on plans.person_id = people.person_id

),

checked as (

    select
        plans.*,
        in_order.source_row is not null as is_counted,
        in_order.plan_number,
        in_order.latest_end_so_far,
        in_order.eighteenth_birthday,
        {{ is_open_at('plans.start_date', 'plans.end_date', 'extract_in_force.as_at_date') }}
        and in_order.latest_end_so_far > extract_in_force.as_at_date as is_second_open,
        -- without a link, the plan must follow one of the child's referrals within the history held
        case
            when referrals_of_plans.referral_id is not null then referrals.received_date
            when coalesce(table_of_referrals.history_from <= plans.start_date, true)
                then first_referrals.received_date
        end as referred_date,
        extract_in_force.as_at_date
    from plans
    cross join extract_in_force
    cross join table_of_referrals
    left join in_order
        on plans.source_row = in_order.source_row
    left join referrals_of_plans
        on plans.plan_id = referrals_of_plans.plan_id
    left join referrals
        on referrals_of_plans.referral_id = referrals.referral_id
    left join first_referrals
        on plans.person_id = first_referrals.person_id

),

-- other councils' plans are only listed (CPP-10), never counted. G25: a plan that ended
-- after the 18th birthday ran on too long, as did one that is still open (CPP-09).
failed as (

    select
        source_row,
        end_date = start_date as cpp_03__cppl_cp_plan_end_date,
        is_second_open as cpp_04__cppl_cp_plan_end_date,
        start_date < latest_end_so_far and not is_second_open as cpp_05__cppl_cp_plan_start_date,
        is_counted and initial_category_code is null as cpp_06__cppl_cp_plan_initial_category,
        is_counted and latest_category_code is null as cpp_06__cppl_cp_plan_latest_category,
        is_counted and coalesce(previous_plans < plan_number - 1, true)
            as cpp_07__x_cppl_previous_plan_count,
        not coalesce(is_other_la, false) and start_date < referred_date
            as cpp_08__cppl_cp_plan_start_date,
        eighteenth_birthday <= as_at_date
        and coalesce(end_date, date '9999-12-31') > eighteenth_birthday
            as cpp_09__cppl_cp_plan_end_date,
        is_other_la as cpp_10__cppl_cp_plan_ola
    from checked

)

{{ failures_in('failed', 'ssd_cp_plans') }}
