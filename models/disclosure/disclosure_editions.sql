with

editions as (

    select
        edition,
        coalesce(hides_small_counts, true) as hides_small_counts
    from {{ ref('editions') }}

),

indicator_values as (select * from {{ ref('fct_indicator_values') }}),

parts as (select * from {{ ref('disclosure_indicator_parts') }}),

hidden_counts as (select * from {{ ref('disclosure_hidden_counts') }}),

-- every part of the number is a known count, and so protected
declared_indicators as (

    select indicator_ref
    from parts
    group by indicator_ref
    having
        bool_and(count_name is not null)
        and bool_or(part = 'numerator')

),

hidden_indicators as (

    select distinct
        parts.indicator_ref,
        hidden_counts.area_level,
        hidden_counts.period
    from parts
    inner join hidden_counts
        on parts.count_name = hidden_counts.count_name

),

-- a row also includes the months before and the same month a year ago
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

),

marked as (

    select
        -- hidden unless declared: what is unknown cannot be assumed safe
        {% for months_before in [0, 1, 2, 3, 12] %}
            editions.hides_small_counts
            and (
                declared_indicators.indicator_ref is null
                or coalesce(hidden_months.hides_m{{ months_before }}, 0) = 1
            ) as hides_m{{ months_before }},
        {% endfor %}
        editions.edition,
        indicator_values.indicator_ref,
        indicator_values.month_end,
        indicator_values.area_code
    from editions
    cross join indicator_values
    left join declared_indicators
        on indicator_values.indicator_ref = declared_indicators.indicator_ref
    left join hidden_months
        on
            indicator_values.indicator_ref = hidden_months.indicator_ref
            and indicator_values.month_end = hidden_months.month_end
            and case when indicator_values.area_code = 'COUNTY' then 'county' else 'localities' end
            = hidden_months.area_level

)

select
    edition,
    indicator_ref,
    month_end,
    area_code,
    hides_m0,
    hides_m1,
    hides_m2,
    hides_m3,
    hides_m12,
    -- a step from a hidden month to a shown one reveals whether the hidden one was higher
    hides_m0 or hides_m1 as hides_step
from marked
