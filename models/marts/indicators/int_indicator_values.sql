{% set past = comparable_value('followed.value_1_month_ago', 'followed.month_end', 1) %}
with

spine as (select * from {{ ref('int_indicator_spine') }}),

indicators as (select * from {{ ref('indicators') }}),

totals as (select * from {{ ref('fct_measure_totals') }}),

population as (select * from {{ ref('int_population_by_month') }}),

-- the figures that have their data (G6): of the indicator's own window, and of its year to date
figures as (

    select
        indicators.*,
        spine.month_end,
        spine.area_code,
        periods.is_year_to_date,
        case
            -- 2.8 shows its own rolling value in the year-to-date column (section 13)
            when periods.is_year_to_date and indicators.ytd_rule <> 'own' then 'year_to_date'
            else indicators.period_window
        end as figure_window
    from spine
    inner join indicators
        on spine.indicator_ref = indicators.indicator_ref
    cross join (values (false), (true)) as periods (is_year_to_date)
    where
        case
            when not periods.is_year_to_date then spine.availability = 'available'
            -- G61: 2.8 has its year to date whenever it has a value
            when indicators.ytd_rule = 'own' then spine.availability = 'available'
            else indicators.ytd_rule <> 'none' and spine.has_year_to_date
        end

),

parts as (

    select
        figures.*,
        case figures.numerator_stat
            when 'count' then coalesce(totals.case_count, 0)
            when 'sum' then coalesce(totals.measure_sum, 0)
            when 'maximum' then totals.largest_worker_sum
        end as numerator,
        case figures.denominator_stat
            when 'count' then coalesce(totals.case_count, 0)
            when 'measure' then coalesce(denominator_totals.case_count, 0)
            when 'workers' then coalesce(totals.worker_count, 0)
            when 'population' then population.population
        end as denominator
    from figures
    left join totals
        on
            figures.measure = totals.measure
            and figures.month_end = totals.month_end
            and figures.figure_window = totals.period_window
            and figures.area_code = totals.area_code
    left join totals as denominator_totals
        on
            figures.denominator_measure = denominator_totals.measure
            and figures.month_end = denominator_totals.month_end
            and figures.figure_window = denominator_totals.period_window
            and figures.area_code = denominator_totals.area_code
    left join population
        on
            figures.month_end = population.month_end
            and figures.area_code = population.area_code

),

valued as (

    select
        *,
        case
            when denominator_stat = 'none' then numerator
            -- section 12: a share of nothing has no value
            else multiplier * numerator / nullif(denominator, 0)
        end as value
    from parts

),

-- the spine has every month, so the row before is the month before
followed as (

    select
        spine.*,
        own.numerator,
        own.denominator,
        own.value,
        year_to_date.numerator as ytd_numerator,
        year_to_date.denominator as ytd_denominator,
        year_to_date.value as ytd_value,
        lag(own.value, 1) over months as value_1_month_ago,
        lag(own.value, 2) over months as value_2_months_ago,
        lag(own.value, 3) over months as value_3_months_ago,
        -- section 13: the same months of the previous year, recalculated
        lag(year_to_date.value, 12) over months as previous_ytd_value
    from spine
    left join valued as own
        on
            spine.indicator_ref = own.indicator_ref
            and spine.month_end = own.month_end
            and spine.area_code = own.area_code
            and not own.is_year_to_date
    left join valued as year_to_date
        on
            spine.indicator_ref = year_to_date.indicator_ref
            and spine.month_end = year_to_date.month_end
            and spine.area_code = year_to_date.area_code
            and year_to_date.is_year_to_date
    window months as (partition by spine.indicator_ref, spine.area_code order by spine.month_end)

)

select
    followed.indicator_ref,
    followed.month_end,
    followed.area_code,
    followed.numerator,
    followed.denominator,
    followed.value,
    followed.ytd_numerator,
    followed.ytd_denominator,
    followed.ytd_value,
    followed.value_1_month_ago,
    followed.value_2_months_ago,
    followed.value_3_months_ago,
    -- section 13: early help has a year to date that the report does not show
    case when indicators.ytd_is_shown then followed.ytd_value end as ytd_value_shown,
    case when indicators.ytd_is_shown then followed.previous_ytd_value end as previous_ytd_value,
    {{ direction_of_travel('followed.value', past, 'indicators.polarity') }} as direction_of_travel,
    {{ raw_direction('followed.value', past) }} as raw_direction,
    case
        -- G2
        when followed.availability = 'available' and followed.value is null then 'no_denominator'
        else followed.availability
    end as availability,
    followed.availability_reason
from followed
inner join indicators
    on followed.indicator_ref = indicators.indicator_ref
left join {{ ref('dim_series_breaks') }} as breaks
    on followed.indicator_ref = breaks.indicator_ref
