{# BAT-10. 5.1 has no starts and ends in the catalogue, so three stocks remain. #}
{% set stocks = [
    ('1.3', 'ssdx_early_help_cases', '1.1a', '1.2'),
    ('6.1', 'ssd_cp_plans', '6.6', '6.11a'),
    ('7.1', 'ssd_cla_episodes', '7.3', '7.4'),
] %}
with

indicator_values as (

    select
        indicator_ref,
        month_end,
        numerator,
        lag(numerator) over (partition by indicator_ref order by month_end) as numerator_before
    from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability = 'available'

),

last_month as (select max(month_end) as month_end from indicator_values)

{% for indicator_ref, table_name, starts, ends in stocks %}
    select
        stock.indicator_ref,
        '{{ table_name }}' as table_name,
        stock.month_end,
        cast(stock.numerator_before as integer) as stock_before,
        cast(of_starts.numerator as integer) as started,
        cast(of_ends.numerator as integer) as ended,
        cast(stock.numerator as integer) as stock
    from indicator_values as stock
    inner join last_month
        on stock.month_end = last_month.month_end
    inner join indicator_values as of_starts
        on
            stock.month_end = of_starts.month_end
            and of_starts.indicator_ref = '{{ starts }}'
    inner join indicator_values as of_ends
        on
            stock.month_end = of_ends.month_end
            and of_ends.indicator_ref = '{{ ends }}'
    where
        stock.indicator_ref = '{{ indicator_ref }}'
        and stock.numerator_before is not null
    {{ "union all" if not loop.last }}
{% endfor %}
