with

visits as (select * from {{ ref('stg_ssd__lac_visits') }} where unusable_for is null),

plan_reviews as (

    select * from {{ ref('stg_ssd__plan_reviews') }} where unusable_for is null

),

plans as (

    select
        'CARE' as plan_type_code,
        plan_id,
        start_date
    from {{ ref('stg_ssd__care_plans') }}
    where unusable_for is null
    union all
    select
        'PATHWAY' as plan_type_code,
        plan_id,
        start_date
    from {{ ref('stg_ssd__pathway_plans') }}
    where unusable_for is null

),

-- LVS-01: children in the short-break series are looked after and visited
episodes as (select * from {{ ref('int_quality_lac_episodes') }}),

table_of_episodes as (

    select * from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_cla_episodes'

),

visited_in_care as (

    select distinct visits.visit_id
    from visits
    inner join episodes
        on
            visits.person_id = episodes.person_id
            and visits.visit_date >= episodes.start_date
            and visits.visit_date <= episodes.last_day

),

visits_failed as (

    select
        visits.source_row,
        visits.was_child_seen is null as lvs_01__clav_cla_visit_seen,
        -- episodes may be missing for the time before the table's history begins
        visits.person_id is not null
        and visited_in_care.visit_id is null
        and table_of_episodes.has_rows
        and visits.visit_date >= coalesce(table_of_episodes.history_from, visits.visit_date)
            as lvs_01__clav_cla_visit_date
    from visits
    cross join table_of_episodes
    left join visited_in_care
        on visits.visit_id = visited_in_care.visit_id

),

plan_reviews_failed as (

    select
        plan_reviews.source_row,
        plan_reviews.reviewed_date < plans.start_date as lcp_01__plrv_review_date
    from plan_reviews
    inner join plans
        on
            plan_reviews.plan_type_code = plans.plan_type_code
            and plan_reviews.plan_id = plans.plan_id

)

{{ failures_in('visits_failed', 'ssd_cla_visits') }}
union all
{{ failures_in('plan_reviews_failed', 'ssdx_plan_reviews') }}
