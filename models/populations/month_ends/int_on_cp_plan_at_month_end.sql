with

plans as (select * from {{ ref('fct_cp_plans') }}),

people as (select * from {{ ref('dim_person') }}),

months as (select * from {{ ref('int_reporting_months') }})

select
    plans.plan_id,
    plans.person_id,
    plans.start_date,
    months.month_end
from plans
inner join months
    on {{ is_open_at('plans.start_date', 'plans.end_date', 'months.month_end') }}
inner join people
    on plans.person_id = people.person_id
where
    -- 6.1: plans end at 18; G24: age unknown is included
    {{ is_child_at('people', 'months.month_end') }}
