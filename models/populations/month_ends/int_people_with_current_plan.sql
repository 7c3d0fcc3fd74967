{% set validity_months %}
    cast(case plans.plan_type_code
        when 'CIN' then parameters.plan_validity_cin_months
        when 'CARE' then parameters.plan_validity_care_months
        when 'PATHWAY' then parameters.plan_validity_pathway_months
    end as integer)
{% endset %}

with

plans as (select * from {{ ref('int_plans_open_at_month_end') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }})

select
    plans.plan_type_code,
    plans.person_id,
    plans.month_end,
    max(plans.last_activity_date) as last_activity_date
from plans
inner join parameters
    on plans.month_end = parameters.month_end
where
    -- section 17: active within the months of validity of its type
    plans.month_end <= {{ add_months('plans.last_activity_date', validity_months) }}
group by plans.plan_type_code, plans.person_id, plans.month_end
