with

pathway_plans as (select * from {{ ref('fct_pathway_plans') }}),

plans_open as (

    select * from {{ ref('int_plans_open_at_month_end') }} where plan_type_code = 'PATHWAY'

),

current_plans as (

    select
        person_id,
        month_end,
        last_activity_date
    from {{ ref('int_people_with_current_plan') }}
    where plan_type_code = 'PATHWAY'

),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

months as (select * from {{ ref('int_reporting_months') }}),

-- G45: a review date on a care leaver's row is a review of the plan open that day or,
-- if none is open, counts as a plan that starts that day
recorded_reviews as (

    select
        statuses.person_id,
        statuses.pathway_plan_review_date as reviewed_date,
        pathway_plans.plan_id
    from {{ ref('fct_care_leaver_statuses') }} as statuses
    left join pathway_plans
        on
            statuses.person_id = pathway_plans.person_id
            and {{ is_open_at(
                'pathway_plans.start_date', 'pathway_plans.end_date',
                'statuses.pathway_plan_review_date'
            ) }}
    where statuses.pathway_plan_review_date is not null

),

reviewed as (

    select
        recorded_reviews.person_id,
        months.month_end,
        recorded_reviews.reviewed_date as last_activity_date
    from recorded_reviews
    inner join months
        on recorded_reviews.reviewed_date <= months.month_end
    inner join parameters
        on months.month_end = parameters.month_end
    left join plans_open
        on
            recorded_reviews.plan_id = plans_open.plan_id
            and months.month_end = plans_open.month_end
    where
        months.month_end <= {{ add_months(
            'recorded_reviews.reviewed_date',
            'cast(parameters.plan_validity_pathway_months as integer)'
        ) }}
        and (recorded_reviews.plan_id is null or plans_open.plan_id is not null)

),

found as (

    select * from current_plans
    union all
    select * from reviewed

)

select
    person_id,
    month_end,
    max(last_activity_date) as last_activity_date
from found
group by person_id, month_end
