{# BAT-10. 5.1 has no starts and ends in the catalogue, so three stocks remain. #}
with

stocks as (

    select listed.* from (
        values
        ('1.3', 'ssdx_early_help_cases', '1.1a', '1.2'),
        ('6.1', 'ssd_cp_plans', '6.6', '6.11a'),
        ('7.1', 'ssd_cla_episodes', '7.3', '7.4')
    ) as listed (indicator_ref, table_name, started_ref, ended_ref)

),

indicator_values as (

    select
        indicator_ref,
        month_end,
        numerator,
        lag(numerator) over (partition by indicator_ref order by month_end) as numerator_before
    from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability = 'available'
    qualify month_end = max(month_end) over ()

)

select
    stocks.indicator_ref,
    stocks.table_name,
    stock.month_end,
    cast(stock.numerator_before as integer) as stock_before,
    cast(started.numerator as integer) as started,
    cast(ended.numerator as integer) as ended,
    cast(stock.numerator as integer) as stock
from stocks
inner join indicator_values as stock
    on stocks.indicator_ref = stock.indicator_ref and stock.numerator_before is not null
inner join indicator_values as started on stocks.started_ref = started.indicator_ref
inner join indicator_values as ended on stocks.ended_ref = ended.indicator_ref
