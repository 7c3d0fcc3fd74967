with

indicators as (select * from {{ ref('indicators') }} where status = 'live'),

populations as (select * from {{ ref('disclosure_populations') }}),

with_population as (

    select
        indicators.*,
        populations.population,
        other_populations.population as other_population
    from indicators
    -- a measure without a population is kept, with a part that is not a count: it is hidden
    left join populations
        on indicators.measure = populations.measure
    left join populations as other_populations
        on indicators.denominator_measure = other_populations.measure

)

select
    indicator_ref,
    'numerator' as part,
    period_window,
    case
        when population is null then null
        -- a total of days is not a count; the children it covers are
        when numerator_stat = 'count' or unit = 'days' then 'cases:' || population
        when numerator_stat = 'sum' then 'met:' || measure
        when numerator_stat = 'maximum' then 'largest:' || measure
    end as count_name
from with_population
union all
select
    indicator_ref,
    'denominator' as part,
    period_window,
    case denominator_stat
        when 'count' then 'cases:' || population
        when 'measure' then 'cases:' || other_population
        when 'workers' then 'workers:' || population
    end as count_name
from with_population
-- these two identify nobody; any other denominator has to be declared
where coalesce(denominator_stat, '') not in ('none', 'population')
