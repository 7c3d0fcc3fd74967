{# A view, for the questions about one figure, month or child: a filter on them reaches the
   populations, and one that has none of the measures is not read. As a table it would have many
   times the rows of the cases. #}
{{ config(materialized='view') }}

with

places as (select * from {{ ref('int_case_places') }}),

cases as (

    {% for population in case_populations() %}
        {% set measures = measures_of(population) %}
        {% set apart = measures_decided_apart(population) %}
        select
            figures.indicator_ref,
            figures.month_end,
            figures.is_last_month,
            figures.period,
            figures.measure,
            figures.is_numerator,
            figures.numerator_stat,
            figures.denominator_stat,
            figures.is_county_only,
            figures.is_judged,
            figures.decided_by,
            figures.undecided_text,
            cases.case_id,
            cases.month_end as case_month_end,
            cases.attribution_date,
            cases.person_id,
            cases.team_id,
            cases.worker_id,
            cases.source_table,
            cases.source_row_key,
            {{ column_of_measure('figures.measure', 'cases.measure_', measures) }}
                as measure_value,
            {{ column_of_measure(
                'figures.measure', 'cases.decided_on_', apart, 'cases.decided_on'
            ) }} as decided_on
        -- not as a CTE: planning filters on one with so many readers outlasts the query
        from {{ ref('int_figures') }} as figures
        inner join {{ ref('int_cases__' ~ population) }} as cases
            on figures.covered_month_end = cases.month_end
        where {{ is_measure_of('figures.measure', measures) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    cases.indicator_ref,
    cases.month_end,
    cases.is_last_month,
    cases.period,
    cases.measure,
    cases.is_numerator,
    cases.case_id,
    cases.case_month_end,
    cases.attribution_date as case_date,
    cases.person_id,
    case
        when cases.is_county_only then 'COUNTY' else coalesce(places.area_code, 'NOT_ALLOCATED')
    end as area_code,
    coalesce(cases.team_id, places.team_id) as team_id,
    coalesce(cases.worker_id, places.worker_id) as worker_id,
    cases.source_table,
    cases.source_row_key,
    cases.decided_on,
    case when cases.decided_on is null then cases.undecided_text else cases.decided_by end
        as decided_by,
    case
        when cases.measure_value is null then 'outside'
        when not cases.is_judged or cases.measure_value > 0 then 'met'
        else 'not met'
    end as status,
    cases.measure_value,
    cast(case
        when cases.measure_value is null then null
        when not cases.is_numerator then 0
        when cases.numerator_stat = 'count' then 1
        else cases.measure_value
    end as double) as numerator,
    cast(case
        when cases.measure_value is null then null
        when not cases.is_numerator or cases.denominator_stat = 'count' then 1
        when cases.denominator_stat = 'measure' then 0
    end as double) as denominator,
    cases.denominator_stat = 'workers' as is_per_worker
from cases
left join places
    on {{ is_place_of('cases') }}
