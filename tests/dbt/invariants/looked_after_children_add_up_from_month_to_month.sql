with

county as (

    select * from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability = 'available'

),

periods as (

    select * from {{ ref('fct_lac_periods') }}

),

months as (

    select
        month_end,
        max(case when indicator_ref = '7.1' then value end) as looked_after,
        max(case when indicator_ref = '7.3' then value end) as started,
        max(case when indicator_ref = '7.4' then value end) as ended
    from county
    group by month_end

),

-- G25: a child who turns 18 with no end by that day leaves the stock and does not cease
turned_18 as (

    select
        {{ month_end_of('eighteenth_birthday') }} as month_end,
        count(*) as children
    from periods
    where
        start_date < eighteenth_birthday
        and (end_date is null or end_date > eighteenth_birthday)
    group by {{ month_end_of('eighteenth_birthday') }}

),

-- G63: anyone admitted at 18 or later is an admission by date and never in the stock
came_after_18 as (

    select
        {{ month_end_of('start_date') }} as month_end,
        count(*) as children
    from periods
    where start_date >= eighteenth_birthday
    group by {{ month_end_of('start_date') }}

),

followed as (

    select
        months.month_end,
        months.looked_after,
        lag(months.looked_after) over (order by months.month_end)
        + months.started
        - months.ended
        - coalesce(turned_18.children, 0)
        - coalesce(came_after_18.children, 0) as expected
    from months
    left join turned_18
        on months.month_end = turned_18.month_end
    left join came_after_18
        on months.month_end = came_after_18.month_end

)

select *
from followed
where looked_after <> expected
