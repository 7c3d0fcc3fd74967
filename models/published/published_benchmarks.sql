with

benchmarks as (select * from {{ ref('benchmarks') }}),

indicators as (select * from {{ ref('indicators') }}),

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }})

select
    benchmarks.indicator_ref,
    benchmarks.benchmark_group,
    case benchmarks.benchmark_group
        when 'statistical_neighbour_average' then 'Statistical neighbours, average'
        when 'best_statistical_neighbour' then 'Best statistical neighbour'
        when 'national_average' then 'England'
        when 'national_top_quartile' then 'England, top quartile'
        when 'eastern_region' then 'Eastern region'
    end as benchmark_name,
    benchmarks.valid_from,
    benchmarks.benchmark_value,
    {{ displayed_text(
        'benchmarks.benchmark_value', 'indicators.decimal_places', 'indicators.unit'
    ) }} as benchmark_text,
    benchmarks.source
from benchmarks
inner join indicators
    on benchmarks.indicator_ref = indicators.indicator_ref
cross join extract_in_force
where extract_in_force.is_demonstration
