with

month_ends as (select distinct month_end from {{ ref('fct_indicator_values') }})

select
    month_end,
    strftime(month_end, '%Y-%m') as month_code,
    strftime(month_end, '%B %Y') as month_label,
    strftime(month_end, '%b %y') as short_label,
    {{ financial_year('month_end') }} as financial_year,
    cast(
        row_number() over (order by month_end desc) - 1 as integer
    ) as months_before_last,
    row_number() over (order by month_end desc) = 1 as is_last
from month_ends
