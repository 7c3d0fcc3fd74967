{# Who is behind one cell of the scorecard? The cases for an indicator in one month and area, those
   that missed the standard first, with the team, the worker and the row of the extract that each
   comes from. Identifies children: for use inside the service only.
   dbt show --select children_behind_a_cell --vars '{analysis_ref: "6.14", analysis_area: SOUTH}' --limit 500 #}
{% set wanted_ref = var('analysis_ref', '6.14') %}
{% set wanted_month = var('analysis_month', '') %}
{% set wanted_area = var('analysis_area', 'COUNTY') %}

with

last_reported as (

    select max(month_end) as month_end from {{ ref('int_reporting_months') }} where is_reported

),

cases as (

    select cases.*
    from {{ ref('fct_indicator_cases') }} as cases
    inner join last_reported
        on
            {% if wanted_month %}
                cases.month_end = cast('{{ wanted_month }}' as date)
            {% else %}
                cases.month_end = last_reported.month_end
            {% endif %}
    where
        cases.indicator_ref = '{{ wanted_ref }}'
        {% if wanted_area != 'COUNTY' %}
            and cases.area_code = '{{ wanted_area }}'
        {% endif %}

),

people as (

    select * from {{ ref('dim_person') }}

),

teams as (

    select * from {{ ref('dim_team') }}

)

select
    cases.case_id,
    cases.person_id,
    {{ age_in_years('people.birth_date', 'cases.month_end') }} as age,
    cases.numerator,
    cases.denominator,
    cases.area_code,
    cases.team_id,
    teams.team_name,
    cases.worker_id,
    cases.source_table,
    cases.source_row_key
from cases
left join people
    on cases.person_id = people.person_id
left join teams
    on cases.team_id = teams.team_id
order by cases.numerator asc, cases.area_code asc, cases.team_id asc, cases.case_id asc
