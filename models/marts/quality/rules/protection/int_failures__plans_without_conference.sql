{# ICP-06: more child protection plans than initial conferences in a year. There is no
   conference to name, so the plan is named. #}
with

plans as (select * from {{ ref('fct_cp_plans') }} where person_id is not null),

plan_rows as (select * from {{ ref('stg_ssd__cp_plans') }}),

conferences as (select * from {{ ref('fct_initial_conferences') }}),

plans_numbered as (

    select
        *,
        {{ financial_year_start_of('start_date') }} as year_start,
        row_number() over (
            partition by person_id, {{ financial_year_start_of('start_date') }}
            order by start_date, plan_id
        ) as number_in_year
    from plans

),

conferences_counted as (

    select
        person_id,
        {{ financial_year_start_of('held_date') }} as year_start,
        count(*) as conferences_in_year
    from conferences
    group by person_id, {{ financial_year_start_of('held_date') }}

),

-- a year for which the extract has all conferences
first_conference as (

    select min(held_date) as held_date
    from conferences

),

failed as (

    select
        plan_rows.source_row,
        plans_numbered.number_in_year > coalesce(conferences_counted.conferences_in_year, 0)
            as icp_06__cppl_cp_plan_start_date
    from plans_numbered
    inner join plan_rows
        on plans_numbered.plan_id = plan_rows.plan_id
    cross join first_conference
    left join conferences_counted
        on
            plans_numbered.person_id = conferences_counted.person_id
            and plans_numbered.year_start = conferences_counted.year_start
    where plans_numbered.year_start >= first_conference.held_date

)

{{ failures_in('failed', 'ssd_cp_plans') }}
