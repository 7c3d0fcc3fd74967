with

editions as (select * from {{ ref('editions') }}),

indicator_values as (select * from {{ ref('fct_indicator_values') }}),

parts as (select * from {{ ref('disclosure_indicator_parts') }}),

hidden_counts as (select * from {{ ref('disclosure_hidden_counts') }}),

hidden_indicators as (

    select distinct
        parts.indicator_ref,
        hidden_counts.area_level,
        hidden_counts.period
    from parts
    inner join hidden_counts
        on parts.count_name = hidden_counts.count_name

),

-- the numbers of a row reach back to the months before and to the same month a year ago
months_read as (

    select distinct
        indicator_values.month_end,
        steps.months_before,
        {{ financial_year(
            'cast(' ~ add_months('indicator_values.month_end', '-steps.months_before') ~ ' as date)'
        ) }} as financial_year
    from indicator_values
    cross join (values (0), (1), (2), (3), (12)) as steps (months_before)

),

hidden_months as (

    select
        hidden_indicators.indicator_ref,
        hidden_indicators.area_level,
        months_read.month_end,
        max(case when months_read.months_before = 0 then 1 else 0 end) as hides_m0,
        max(case when months_read.months_before = 1 then 1 else 0 end) as hides_m1,
        max(case when months_read.months_before = 2 then 1 else 0 end) as hides_m2,
        max(case when months_read.months_before = 3 then 1 else 0 end) as hides_m3,
        max(case when months_read.months_before = 12 then 1 else 0 end) as hides_m12
    from hidden_indicators
    inner join months_read
        on hidden_indicators.period in (months_read.financial_year, 'all years')
    group by
        hidden_indicators.indicator_ref,
        hidden_indicators.area_level,
        months_read.month_end

)

select
    editions.edition,
    indicator_values.indicator_ref,
    indicator_values.month_end,
    indicator_values.area_code,
    coalesce(hidden_months.hides_m0, 0) = 1 as hides_m0,
    coalesce(hidden_months.hides_m1, 0) = 1 as hides_m1,
    coalesce(hidden_months.hides_m2, 0) = 1 as hides_m2,
    coalesce(hidden_months.hides_m3, 0) = 1 as hides_m3,
    coalesce(hidden_months.hides_m12, 0) = 1 as hides_m12,
    -- a step from a hidden month to a shown one says on which side of it the hidden one lay
    greatest(coalesce(hidden_months.hides_m0, 0), coalesce(hidden_months.hides_m1, 0)) = 1
        as hides_step
from editions
cross join indicator_values
left join hidden_months
    on
        editions.hides_small_counts
        and indicator_values.indicator_ref = hidden_months.indicator_ref
        and indicator_values.month_end = hidden_months.month_end
        and case when indicator_values.area_code = 'COUNTY' then 'county' else 'localities' end
        = hidden_months.area_level
