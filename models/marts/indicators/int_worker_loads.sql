with

places as (select * from {{ ref('int_case_places') }}),

-- workers matter only where an indicator compares or counts them
measures_by_worker as (

    select distinct measure
    from {{ ref('indicators') }}
    where numerator_stat = 'maximum' or denominator_stat = 'workers'

),

told_apart as (

    {% for population in case_populations() %}
        {% set measures = measures_of(population) %}
        select
            measures_by_worker.measure,
            cases.month_end,
            cases.person_id,
            cases.team_id,
            cases.worker_id,
            cases.attribution_date,
            {{ column_of_measure('measures_by_worker.measure', 'cases.measure_', measures) }}
                as measure_value
        from measures_by_worker
        cross join {{ ref('int_cases__' ~ population) }} as cases
        where {{ is_measure_of('measures_by_worker.measure', measures) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

with_worker as (

    select
        told_apart.measure,
        told_apart.month_end,
        told_apart.measure_value,
        coalesce(places.area_code, 'NOT_ALLOCATED') as area_code,
        coalesce(told_apart.worker_id, places.worker_id) as worker_id
    from told_apart
    left join places
        on {{ is_place_of('told_apart') }}
    where told_apart.measure_value is not null

)

select
    measure,
    month_end,
    worker_id,
    area_code,
    count(*) as case_count,
    sum(measure_value) as measure_sum
from with_worker
where worker_id is not null
group by measure, month_end, worker_id, area_code
