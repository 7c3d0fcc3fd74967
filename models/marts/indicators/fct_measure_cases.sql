with

measures as (

    {% for population in case_populations() %}
        {{ unpivot_measures(ref('int_cases__' ~ population), population) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

places as (select * from {{ ref('int_case_places') }})

select
    measures.measure,
    measures.case_id,
    measures.person_id,
    places.area_code,
    coalesce(measures.team_id, places.team_id) as team_id,
    coalesce(measures.worker_id, places.worker_id) as worker_id,
    measures.source_table,
    measures.source_row_key,
    measures.month_end,
    measures.measure_value,
    measures.decided_on
from measures
inner join places
    on
        coalesce(measures.team_id, '') = places.own_team_key
        and coalesce(measures.person_id, '') = places.person_key
        and measures.attribution_date = places.attribution_date
