with

counts as (

    select
        count_name,
        area_level,
        period,
        month_end,
        area_code,
        counted
    from {{ ref('disclosure_counts') }}

),

populations as (select * from {{ ref('disclosure_populations') }}),

-- the remainder of a percentage reveals as much as the percentage
left_over as (

    select
        counts.count_name,
        counts.area_level,
        counts.period,
        counts.month_end,
        counts.area_code,
        whole.counted - counts.counted as counted
    from counts
    inner join populations
        on counts.count_name = 'met:' || populations.measure
    inner join counts as whole
        on
            'cases:' || populations.population = whole.count_name
            and counts.month_end = whole.month_end
            and counts.area_code = whole.area_code

),

judged as (

    select * from counts
    union all
    select * from left_over

)

select
    count_name,
    area_level,
    period,
    month_end,
    area_code,
    count(*) as times
from judged
where counted between 1 and {{ var('small_count_limit') }}
group by count_name, area_level, period, month_end, area_code
