{# The failures of every rule about rows. A table of its own: joined to their rows in the same
   statement, their number could not be foreseen, and all rows would be hashed to find a few. #}
{% set of_rows = [
    'adoption_placements', 'adoptions', 'allocations', 'assessments', 'care_leavers', 'carers',
    'cells', 'cin_plans', 'code_years', 'contacts', 'cp_plans', 'cp_reviews', 'cp_visits',
    'early_help', 'early_help_cases', 'education_plans', 'entered_twice', 'events',
    'initial_conferences', 'lac_episodes', 'lac_health', 'lac_review_due_dates', 'lac_reviews',
    'lac_statuses', 'lac_visits_and_plans', 'lac_yearly_health', 'links', 'people',
    'people_changed', 'permanence_dates', 'placement_moves', 'placements', 'placements_today',
    'plans_without_conference', 'pupil_numbers', 'referrals', 's47_enquiries', 'short_breaks',
    'workers',
] %}
with

failed as (

    {% for subject in of_rows %}
        select * from {{ ref('int_failures__' ~ subject) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    failed.rule_id,
    failed.table_name,
    failed.column_name,
    cast(failed.source_row as bigint) as source_row
from failed
-- a rule cannot test a column that is not in the file, which is BAT-02
left join {{ ref('int_failures__extract') }} as missing
    on
        failed.table_name = missing.table_name
        and failed.column_name = missing.column_name
        and missing.rule_id = 'BAT-02'
where missing.column_name is null
