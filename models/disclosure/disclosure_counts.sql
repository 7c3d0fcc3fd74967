with

sums as (select * from {{ ref('disclosure_sums') }}),

parts as (select * from {{ ref('disclosure_indicator_parts') }}),

published_counts as (select * from {{ ref('disclosure_shown_counts') }}),

-- what a sum includes besides its parts, such as assessments without an outcome
remainders as (

    select
        'rest:' || sums.sum_name as count_name,
        whole.month_end,
        whole.area_code,
        max(whole.counted) - sum(coalesce(published_parts.counted, 0)) as counted
    from sums
    inner join published_counts as whole
        on sums.total_count = whole.count_name
    left join published_counts as published_parts
        on
            sums.part_count = published_parts.count_name
            and whole.month_end = published_parts.month_end
            and whole.area_code = published_parts.area_code
    where coalesce(sums.has_remainder, true)
    group by sums.sum_name, whole.month_end, whole.area_code

),

counts as (

    select * from published_counts
    union all
    select * from remainders

)

select
    counts.count_name,
    counts.month_end,
    counts.area_code,
    case when counts.area_code = 'COUNTY' then 'county' else 'localities' end as area_level,
    -- sums over several months link the years; other counts are linked within a financial year
    case
        when counts.count_name in (
            select parts.count_name from parts where parts.period_window <> 'month'
        ) then 'all years'
        else {{ financial_year('counts.month_end') }}
    end as period,
    cast(coalesce(counts.counted, 0) as double) as counted
from counts
