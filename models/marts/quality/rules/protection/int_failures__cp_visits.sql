with

visits as (select * from {{ ref('stg_ssd__cp_visits') }} where unusable_for is null),

plans as (select * from {{ ref('int_cp_plans_of_rows') }}),

-- without a plans table no visit could have a plan; BAT-02 already reports that
table_of_plans as (

    select has_rows from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_cp_plans'

),

within_plans as (

    select
        visits.source_row,
        -- a visit on the day when the plan ended was still made under it
        bool_or(
            visits.visit_date >= plans.start_date
            and visits.visit_date <= coalesce(plans.end_date, date '9999-12-31')
        ) as is_within_plan
    from visits
    inner join plans
        on visits.person_id = plans.person_id
    group by visits.source_row

),

failed as (

    select
        visits.source_row,
        visits.person_id is not null
        and table_of_plans.has_rows
        and not coalesce(within_plans.is_within_plan, false)
            as cpv_02__cppv_cp_visit_date,
        visits.was_child_seen is null as cpv_03__cppv_cp_visit_seen,
        visits.recorded_date < visits.visit_date as cpv_04__x_cppv_recorded_date
    from visits
    cross join table_of_plans
    left join within_plans
        on visits.source_row = within_plans.source_row

)

{{ failures_in('failed', 'ssd_cp_visits') }}
