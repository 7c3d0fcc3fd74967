with

plans as (

    select * from {{ ref('int_plans_open_at_month_end') }}

),

parameters as (

    select * from {{ ref('int_parameters_by_month') }}

)

select distinct
    plans.plan_type_code,
    plans.person_id,
    plans.month_end
from plans
inner join parameters
    on plans.month_end = parameters.month_end
where
    -- section 17: active within the months of validity of its type
    plans.month_end <= case plans.plan_type_code
        when 'CIN' then {{ add_months('plans.last_activity_date', 'cast(parameters.plan_validity_cin_months as integer)') }}
        when 'CARE' then {{ add_months('plans.last_activity_date', 'cast(parameters.plan_validity_care_months as integer)') }}
        when 'PATHWAY' then {{ add_months('plans.last_activity_date', 'cast(parameters.plan_validity_pathway_months as integer)') }}
    end
