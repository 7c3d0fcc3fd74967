with

county as (

    select * from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability = 'available'

),

months as (

    select
        month_end,
        max(case when indicator_ref = '1.3' then value end) as active,
        max(case when indicator_ref = '1.1a' then value end) as opened,
        max(case when indicator_ref = '1.2' then value end) as closed
    from county
    group by month_end

),

followed as (

    select
        month_end,
        active,
        lag(active) over (order by month_end) + opened - closed as expected
    from months

)

select *
from followed
where active <> expected
