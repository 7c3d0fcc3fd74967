with

populations as (

    select * from {{ ref('disclosure_populations') }}

),

totals as (

    select * from {{ ref('fct_measure_totals') }} where period_window = 'month'

),

measures_in as (

    select
        population,
        count(*) as measures
    from populations
    group by population

)

select
    populations.population,
    totals.month_end,
    totals.area_code
from totals
inner join populations
    on totals.measure = populations.measure
inner join measures_in
    on populations.population = measures_in.population
group by populations.population, totals.month_end, totals.area_code, measures_in.measures
having min(totals.case_count) <> max(totals.case_count) or count(*) <> measures_in.measures
