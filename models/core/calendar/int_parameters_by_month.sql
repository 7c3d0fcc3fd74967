{% set names = [
    'assessment_wd', 'icpc_wd', 'cp_visit_wd', 'cp_visit_wd_fixed', 'cin_plan_wd',
    'rcpc_first_months', 'rcpc_next_months',
    'lac_review_first_wd', 'lac_review_second_months', 'lac_review_next_months',
    'lac_visit_first_days', 'lac_visit_days', 'lac_visit_longterm_months',
    'iha_wd', 'ha_under5_months', 'ha_5plus_months', 'dental_months',
    'plan_validity_cin_months', 'plan_validity_care_months', 'plan_validity_pathway_months',
    'plan_validity_pep_months', 'pathway_age_months',
    'rereferral_months', 'eh_rereferral_months', 'repeat_min_contacts', 'care_leaver_max_age',
    'care_plan_due_wd', 'pep_due_wd', 'pep_first_age',
] %}

with

parameters as (select * from {{ ref('parameters') }}),

months as (

    select distinct month_end
    from {{ ref('dim_calendar_day') }}

),

-- section 19: the row in force on the last day of the month applies to the whole month
in_force as (

    select
        months.month_end,
        parameters.parameter_name,
        parameters.parameter_value
    from months
    inner join parameters
        on months.month_end >= parameters.valid_from
    qualify
        row_number() over (
            partition by months.month_end, parameters.parameter_name
            order by parameters.valid_from desc
        ) = 1

)

select
    {% for name in names %}
        max(case when parameter_name = '{{ name }}' then parameter_value end) as {{ name }},
    {% endfor %}
    month_end
from in_force
group by month_end
