{% set things = [
    'families', 'involvements', 'early_help_episodes', 'contacts', 'referrals', 'assessments',
    'cin_plans', 's47_enquiries', 'initial_cp_conferences', 'cp_plans', 'cp_reviews', 'cp_visits',
    'lac_episodes', 'legal_statuses', 'placements', 'lac_reviews', 'lac_visits', 'health_checks',
    'care_plans', 'personal_education_plans', 'care_leavers', 'pathway_plans',
    'plan_reviews', 'permanence_decisions',
] %}

with

seen as (

    {% for thing in things %}
        select person_id from {{ ref('stg_ssd__' ~ thing) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select distinct person_id
from seen
where person_id is not null
