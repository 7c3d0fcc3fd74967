{# How has the rate of looked-after children (7.2) changed over the years? Every month for which the
   children are known, also those before the first reported one, with the rate per 10,000
   and the difference from a year before.
   dbt show --select looked_after_over_the_years --limit 100 #}
with

children as (

    select
        month_end,
        count(*) as looked_after,
        count(*) filter (where area_code = 'NOT_ALLOCATED') as in_no_locality
    from {{ ref('fct_person_months') }}
    where is_looked_after
    group by month_end

)

select
    children.month_end,
    children.looked_after,
    10000.0 * children.looked_after / population.population as rate_per_10000,
    children.looked_after - lag(children.looked_after, 12) over (order by children.month_end)
        as change_in_a_year,
    children.in_no_locality
from children
left join {{ ref('population') }} as population
    on
        population.area_code = 'COUNTY'
        and children.month_end >= population.valid_from
-- section 11: the latest estimate in force
qualify
    row_number() over (partition by children.month_end order by population.valid_from desc) = 1
order by children.month_end asc
