with

windows as (select * from {{ ref('int_reporting_windows') }}),

places as (select * from {{ ref('int_case_places') }}),

worker_loads as (select * from {{ ref('int_worker_loads') }}),

{% for population in case_populations() %}
    {% set measures = measures_of(population) %}
    {{ population }} as (

        select
            cases.*,
            coalesce(places.area_code, 'NOT_ALLOCATED') as area_code
        from {{ ref('int_cases__' ~ population) }} as cases
        left join places
            on {{ is_place_of('cases') }}

    ),

    -- county from all rows, not from the localities (section 10)
    sums_of_{{ population }} as (

        select
            {% for measure in measures %}
                count(measure_{{ measure }}) as count_{{ measure }},
                sum(measure_{{ measure }}) as sum_{{ measure }},
            {% endfor %}
            month_end,
            coalesce(area_code, 'COUNTY') as area_code
        from {{ population }}
        group by grouping sets ((month_end), (month_end, area_code))

    ),
{% endfor %}

-- the sums are unpivoted, not the cases
by_month as (

    {% for population in case_populations() %}
        {% set measures = measures_of(population) %}
        select
            measures.measure,
            sums.month_end,
            sums.area_code,
            {{ column_of_measure('measures.measure', 'count_', measures) }} as case_count,
            {{ column_of_measure('measures.measure', 'sum_', measures) }} as measure_sum
        from sums_of_{{ population }} as sums
        cross join {{ rows_of_measures(measures) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

by_worker as (

    select
        measure,
        month_end,
        coalesce(area_code, 'COUNTY') as area_code,
        worker_id,
        sum(measure_sum) as measure_sum
    from worker_loads
    group by grouping sets (
        (measure, month_end, worker_id),
        (measure, month_end, worker_id, area_code)
    )

),

-- workers are counted and compared within a month; over longer windows they would repeat
of_workers as (

    select
        measure,
        month_end,
        area_code,
        'month' as period_window,
        count(*) as worker_count,
        max(measure_sum) as largest_worker_sum
    from by_worker
    group by measure, month_end, area_code

),

by_window as (

    select
        by_month.measure,
        windows.month_end,
        windows.period_window,
        by_month.area_code,
        sum(by_month.case_count) as case_count,
        sum(by_month.measure_sum) as measure_sum
    from by_month
    inner join windows
        on by_month.month_end = windows.covered_month_end
    where by_month.case_count > 0
    group by by_month.measure, windows.month_end, windows.period_window, by_month.area_code

)

select
    by_window.measure,
    by_window.month_end,
    by_window.period_window,
    by_window.area_code,
    cast(by_window.case_count as double) as case_count,
    cast(by_window.measure_sum as double) as measure_sum,
    cast(case
        when by_window.period_window = 'month' then coalesce(of_workers.worker_count, 0)
    end as double) as worker_count,
    of_workers.largest_worker_sum
from by_window
left join of_workers
    on
        by_window.measure = of_workers.measure
        and by_window.month_end = of_workers.month_end
        and by_window.period_window = of_workers.period_window
        and by_window.area_code = of_workers.area_code
