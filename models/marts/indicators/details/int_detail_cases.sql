with

places as (select * from {{ ref('int_case_places') }}),

-- the cases of the indicators that the tables split
{% for measure, population in [
    ('assessment_authorised', 'assessments_authorised'), ('s47_completed', 's47_completed'),
    ('looked_after_child', 'looked_after_children'), ('care_leaver', 'care_leavers'),
] %}
    counted_{{ population }} as (

        select
            cases.case_id,
            cases.person_id,
            cases.month_end,
            coalesce(places.area_code, 'NOT_ALLOCATED') as area_code
        from {{ ref('int_cases__' ~ population) }} as cases
        left join places
            on {{ is_place_of('cases') }}
        where cases.measure_{{ measure }} is not null

    ),
{% endfor %}

assessments as (

    select
        assessment_id,
        outcome_group
    from {{ ref('fct_assessments') }}

),

enquiries as (

    select
        s47_id,
        outcome_group
    from {{ ref('fct_s47_enquiries') }}

),

placements as (select * from {{ ref('int_current_placements_at_month_end') }}),

placement_groups as (select * from {{ ref('code_groups') }} where domain = 'placement_type'),

care_qualified as (select * from {{ ref('int_care_qualified_at_month_end') }}),

care_leavers as (select * from {{ ref('int_care_leaver_categories_at_month_end') }})

-- T2: the assessments in 3.1; any in none of the groups have no outcome recorded
select
    'T2' as detail_table,
    coalesce(assessments.outcome_group, 'NOT_RECORDED') as row_code,
    cases.month_end,
    cases.area_code,
    cases.case_id
from counted_assessments_authorised as cases
inner join assessments
    on cases.case_id = assessments.assessment_id

union all

-- T3: the enquiries in 4.4
select
    'T3' as detail_table,
    coalesce(enquiries.outcome_group, 'NOT_RECORDED') as row_code,
    cases.month_end,
    cases.area_code,
    cases.case_id
from counted_s47_completed as cases
inner join enquiries
    on cases.case_id = enquiries.s47_id

union all

-- T4: the children in 7.1 by their current spell; a missing type counts as other
select
    'T4' as detail_table,
    coalesce(placement_groups.code_group, 'OTHER') as row_code,
    cases.month_end,
    cases.area_code,
    cases.case_id
from counted_looked_after_children as cases
left join placements
    on
        cases.person_id = placements.person_id
        and cases.month_end = placements.month_end
left join placement_groups
    on
        placements.placement_type_code = placement_groups.code
        and {{ holds_on('placement_groups', 'cases.month_end') }}

union all

-- T6: still looked after, 16 or 17, and thirteen weeks in care since 14, some of it since 16
select
    'T6' as detail_table,
    'ELIG' as row_code,
    cases.month_end,
    cases.area_code,
    cases.case_id
from counted_looked_after_children as cases
inner join care_qualified
    on
        cases.person_id = care_qualified.person_id
        and cases.month_end = care_qualified.month_end
where {{ has_qualifying_days('care_qualified') }}

union all

-- T6: the care leavers in 8.1
select
    'T6' as detail_table,
    care_leavers.category_code as row_code,
    cases.month_end,
    cases.area_code,
    cases.case_id
from counted_care_leavers as cases
inner join care_leavers
    on
        cases.person_id = care_leavers.person_id
        and cases.month_end = care_leavers.month_end
