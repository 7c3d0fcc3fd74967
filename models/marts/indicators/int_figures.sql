with

indicators as (select * from {{ ref('indicators') }}),

windows as (select * from {{ ref('int_reporting_windows') }}),

measures as (select * from {{ ref('measures') }}),

months as (

    select
        month_end,
        month_end = max(month_end) over () as is_last_month
    from {{ ref('int_reporting_months') }}
    where is_reported

),

-- only reported months, and indicators that have their data
spine as (

    select
        spine.indicator_ref,
        spine.month_end,
        spine.has_year_to_date,
        months.is_last_month
    from {{ ref('int_indicator_spine') }} as spine
    inner join months
        on spine.month_end = months.month_end
    where spine.area_code = 'COUNTY' and spine.availability = 'available'

),

figures as (

    select
        spine.indicator_ref,
        spine.month_end,
        spine.is_last_month,
        'month' as period,
        indicators.period_window
    from spine
    inner join indicators
        on spine.indicator_ref = indicators.indicator_ref
    union all
    select
        spine.indicator_ref,
        spine.month_end,
        spine.is_last_month,
        'year_to_date' as period,
        -- as in int_indicator_values (section 13, G61)
        case indicators.ytd_rule
            when 'own' then indicators.period_window
            else 'year_to_date'
        end as period_window
    from spine
    inner join indicators
        on spine.indicator_ref = indicators.indicator_ref
    where
        indicators.ytd_rule <> 'none'
        and (indicators.ytd_rule = 'own' or spine.has_year_to_date)
        -- a worker's largest load is that of one month
        and indicators.numerator_stat <> 'maximum'

),

-- the measures an indicator uses: its own and, for a ratio of two counts, the other one
roles as (

    select
        *,
        measure as role_measure,
        true as is_numerator
    from indicators
    union all
    select
        *,
        denominator_measure as role_measure,
        false as is_numerator
    from indicators
    where denominator_stat = 'measure'

)

select
    figures.indicator_ref,
    figures.month_end,
    figures.is_last_month,
    figures.period,
    windows.covered_month_end,
    roles.role_measure as measure,
    roles.is_numerator,
    roles.numerator_stat,
    roles.denominator_stat,
    roles.lowest_area = 'county' as is_county_only,
    -- days and caseloads are added up, with no standard to meet
    roles.numerator_stat = 'sum' and coalesce(measures.kind = 'standard', false) as is_judged,
    measures.decided_by,
    coalesce(measures.undecided_text, 'no date recorded') as undecided_text
from figures
inner join roles
    on figures.indicator_ref = roles.indicator_ref
inner join windows
    on
        figures.month_end = windows.month_end
        and figures.period_window = windows.period_window
left join measures
    on roles.role_measure = measures.measure
