with

detail_counts as (select * from {{ ref('disclosure_detail_counts') }}),

hidden_counts as (select * from {{ ref('disclosure_hidden_counts') }}),

financial_years as (

    select distinct {{ financial_year('month_end') }} as financial_year
    from {{ ref('fct_indicator_values') }}

)

select distinct
    detail_counts.detail_table,
    detail_counts.row_code,
    hidden_counts.area_level,
    financial_years.financial_year
from detail_counts
inner join hidden_counts
    on detail_counts.count_name = hidden_counts.count_name
inner join financial_years
    on hidden_counts.period in (financial_years.financial_year, 'all years')
