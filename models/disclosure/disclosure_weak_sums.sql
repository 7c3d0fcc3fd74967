with

sums as (select * from {{ ref('disclosure_sums') }} where rule = 'partner'),

counts as (select * from {{ ref('disclosure_counts') }}),

small_counts as (select * from {{ ref('disclosure_small_counts') }}),

members as (

    select
        sum_name,
        part_count as member_count
    from sums
    union all
    select distinct
        sum_name,
        'rest:' || sum_name as member_count
    from sums
    where coalesce(has_remainder, true)

),

-- the months and areas in which the sum has something to hide
to_hide as (

    select distinct
        members.sum_name,
        small_counts.area_level,
        small_counts.month_end,
        small_counts.area_code
    from members
    inner join small_counts
        on members.member_count = small_counts.count_name

)

select distinct
    to_hide.sum_name,
    to_hide.area_level,
    {{ financial_year('to_hide.month_end') }} as financial_year
from to_hide
inner join sums
    on
        to_hide.sum_name = sums.sum_name
        and sums.part_order = 1
left join counts
    on
        sums.part_count = counts.count_name
        and to_hide.month_end = counts.month_end
        and to_hide.area_code = counts.area_code
left join small_counts
    on
        sums.part_count = small_counts.count_name
        and to_hide.month_end = small_counts.month_end
        and to_hide.area_code = small_counts.area_code
where
    small_counts.count_name is not null
    or coalesce(counts.counted, 0) <= {{ var('small_count_limit') }}
