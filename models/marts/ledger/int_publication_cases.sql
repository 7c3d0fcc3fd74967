{# A view: for all months it would be many times the cases; publishing needs one month. #}
{{ config(materialized='view') }}

with

indicators as (select * from {{ ref('indicators') }}),

county_values as (select * from {{ ref('fct_indicator_values') }} where area_code = 'COUNTY'),

windows as (select * from {{ ref('int_reporting_windows') }}),

cases as (select * from {{ ref('fct_measure_cases') }}),

-- what there is to explain: monthly and year-to-date figures
numbers as (

    select
        county_values.indicator_ref,
        county_values.month_end,
        'month' as period,
        indicators.period_window
    from county_values
    inner join indicators
        on county_values.indicator_ref = indicators.indicator_ref
    where county_values.availability in ('available', 'no_denominator')
    union all
    select
        county_values.indicator_ref,
        county_values.month_end,
        'year_to_date' as period,
        -- as in int_indicator_parts (section 13)
        case indicators.ytd_rule
            when 'own' then indicators.period_window
            else 'year_to_date'
        end as period_window
    from county_values
    inner join indicators
        on county_values.indicator_ref = indicators.indicator_ref
    where county_values.ytd_numerator is not null

),

roles as (

    select
        indicator_ref,
        measure,
        true as is_numerator
    from indicators
    union all
    select
        indicator_ref,
        denominator_measure as measure,
        false as is_numerator
    from indicators
    where denominator_stat = 'measure'

)

select
    numbers.indicator_ref,
    numbers.month_end,
    numbers.period,
    case when indicators.lowest_area = 'county' then 'COUNTY' else cases.area_code end
        as area_code,
    cases.case_id,
    cases.month_end as case_month_end,
    cases.person_id,
    cases.team_id,
    cases.worker_id,
    cases.source_table,
    cases.source_row_key,
    cast(
        case
            when not roles.is_numerator then 0
            when indicators.numerator_stat = 'count' then 1
            else cases.measure_value
        end as double
    ) as numerator,
    cast(
        case
            when not roles.is_numerator or indicators.denominator_stat = 'count' then 1
            when indicators.denominator_stat = 'measure' then 0
        end as double
    ) as denominator
from numbers
inner join indicators
    on numbers.indicator_ref = indicators.indicator_ref
inner join roles
    on numbers.indicator_ref = roles.indicator_ref
inner join windows
    on
        numbers.month_end = windows.month_end
        and numbers.period_window = windows.period_window
inner join cases
    on
        roles.measure = cases.measure
        and windows.covered_month_end = cases.month_end
