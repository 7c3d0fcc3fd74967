with

detail_counts as (select * from {{ ref('disclosure_detail_counts') }}),

hidden_counts as (select * from {{ ref('disclosure_hidden_counts') }}),

financial_years as (

    select distinct {{ financial_year('month_end') }} as financial_year
    from {{ ref('fct_indicator_values') }}

)

-- anything without a row here is hidden: a table row with undeclared counts is not shown
select
    detail_counts.detail_table,
    detail_counts.row_code,
    levels.area_level,
    financial_years.financial_year,
    count(distinct detail_counts.count_name) as declared_counts
from detail_counts
cross join (values ('county'), ('localities')) as levels (area_level)
cross join financial_years
left join hidden_counts
    on
        detail_counts.count_name = hidden_counts.count_name
        and levels.area_level = hidden_counts.area_level
        and hidden_counts.period in (financial_years.financial_year, 'all years')
group by
    detail_counts.detail_table,
    detail_counts.row_code,
    levels.area_level,
    financial_years.financial_year
having count(hidden_counts.count_name) = 0
