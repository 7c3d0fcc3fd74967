{# What reviews and visits are compared with: a row of a merged plan has the dates of the whole. #}
with

plans as (select * from {{ ref('stg_ssd__cp_plans') }} where unusable_for is null),

rows_chained as (select * from {{ ref('int_cp_plan_rows_chained') }}),

merged_plans as (select * from {{ ref('fct_cp_plans') }})

select
    plans.plan_id,
    plans.person_id,
    coalesce(merged_plans.plan_id, plans.plan_id) as merged_plan_id,
    coalesce(merged_plans.start_date, plans.start_date) as start_date,
    case
        when merged_plans.plan_id is null then plans.end_date
        else merged_plans.end_date
    end as end_date
from plans
left join rows_chained
    on plans.plan_id = rows_chained.plan_id
left join merged_plans
    on rows_chained.chain_id = merged_plans.plan_id
