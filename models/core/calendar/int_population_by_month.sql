with

population as (select * from {{ ref('population') }}),

months as (select * from {{ ref('int_reporting_months') }})

select
    population.area_code,
    months.month_end,
    cast(population.population as double) as population
from months
inner join population
    on months.month_end >= population.valid_from
-- section 11: the latest estimate in force at the month's end
qualify
    row_number() over (
        partition by population.area_code, months.month_end
        order by population.valid_from desc
    ) = 1
