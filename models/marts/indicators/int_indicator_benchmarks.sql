with

benchmarks as (select * from {{ ref('benchmarks') }}),

months as (select * from {{ ref('int_reporting_months') }}),

in_force as (

    select
        benchmarks.indicator_ref,
        months.month_end,
        benchmarks.benchmark_group,
        benchmarks.benchmark_value
    from months
    inner join benchmarks
        on months.month_end >= benchmarks.valid_from
    qualify
        row_number() over (
            partition by
                benchmarks.indicator_ref, benchmarks.benchmark_group, months.month_end
            order by benchmarks.valid_from desc
        ) = 1

)

select
    {% for group_name in [
        'statistical_neighbour_average', 'best_statistical_neighbour', 'national_average',
        'national_top_quartile', 'eastern_region'
    ] %}
        max(case when benchmark_group = '{{ group_name }}' then benchmark_value end)
            as {{ group_name }},
    {% endfor %}
    indicator_ref,
    month_end
from in_force
group by indicator_ref, month_end
