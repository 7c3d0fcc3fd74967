with

spine as (select * from {{ ref('int_indicator_spine') }}),

indicators as (select * from {{ ref('indicators') }}),

totals as (select * from {{ ref('fct_measure_totals') }}),

population as (select * from {{ ref('int_population_by_month') }}),

-- the indicator's own window, and its year to date
periods as (

    select
        spine.indicator_ref,
        spine.month_end,
        spine.area_code,
        false as is_year_to_date,
        indicators.period_window
    from spine
    inner join indicators
        on spine.indicator_ref = indicators.indicator_ref
    union all
    select
        spine.indicator_ref,
        spine.month_end,
        spine.area_code,
        true as is_year_to_date,
        -- 2.8 shows its own rolling value in the year-to-date column (section 13)
        case indicators.ytd_rule
            when 'own' then indicators.period_window
            else 'year_to_date'
        end as period_window
    from spine
    inner join indicators
        on spine.indicator_ref = indicators.indicator_ref
    where indicators.ytd_rule <> 'none'

)

select
    periods.indicator_ref,
    periods.month_end,
    periods.area_code,
    periods.is_year_to_date,
    case indicators.numerator_stat
        when 'count' then coalesce(totals.case_count, 0)
        when 'sum' then coalesce(totals.measure_sum, 0)
        when 'maximum' then totals.largest_worker_sum
    end as numerator,
    case indicators.denominator_stat
        when 'count' then coalesce(totals.case_count, 0)
        when 'measure' then coalesce(denominator_totals.case_count, 0)
        when 'workers' then coalesce(totals.worker_count, 0)
        when 'population' then population.population
    end as denominator
from periods
inner join indicators
    on periods.indicator_ref = indicators.indicator_ref
left join totals
    on
        indicators.measure = totals.measure
        and periods.month_end = totals.month_end
        and periods.period_window = totals.period_window
        and periods.area_code = totals.area_code
left join totals as denominator_totals
    on
        indicators.denominator_measure = denominator_totals.measure
        and periods.month_end = denominator_totals.month_end
        and periods.period_window = denominator_totals.period_window
        and periods.area_code = denominator_totals.area_code
left join population
    on
        periods.month_end = population.month_end
        and periods.area_code = population.area_code
