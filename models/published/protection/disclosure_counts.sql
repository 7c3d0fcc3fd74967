with

populations as (

    select * from {{ ref('disclosure_populations') }}

),

sums as (

    select * from {{ ref('disclosure_sums') }}

),

parts as (

    select * from {{ ref('disclosure_indicator_parts') }}

),

detail_counts as (

    select * from {{ ref('disclosure_detail_counts') }}

),

totals as (

    select
        measure_totals.*,
        populations.population
    from {{ ref('fct_measure_totals') }} as measure_totals
    inner join populations
        on measure_totals.measure = populations.measure
    where measure_totals.period_window = 'month'

),

of_measures as (

    select
        'cases:' || population as count_name,
        month_end,
        area_code,
        max(case_count) as counted
    from totals
    group by population, month_end, area_code
    union all
    select
        'met:' || measure as count_name,
        month_end,
        area_code,
        measure_sum as counted
    from totals
    union all
    select
        'workers:' || population as count_name,
        month_end,
        area_code,
        max(worker_count) as counted
    from totals
    group by population, month_end, area_code
    union all
    select
        'largest:' || measure as count_name,
        month_end,
        area_code,
        largest_worker_sum as counted
    from totals

),

of_details as (

    select
        'T1 contacts:' || source_group as count_name,
        month_end,
        'COUNTY' as area_code,
        contacts as counted
    from {{ ref('detail_contacts_by_source') }}
    union all
    select
        'T1 progressed:' || source_group as count_name,
        month_end,
        'COUNTY' as area_code,
        progressed as counted
    from {{ ref('detail_contacts_by_source') }}
    union all
    select
        'T4:' || placement_group as count_name,
        month_end,
        area_code,
        children as counted
    from {{ ref('detail_placement_types') }}
    where placement_group <> 'RESIDENTIAL'
    union all
    select
        'T6:' || category_code as count_name,
        month_end,
        area_code,
        people as counted
    from {{ ref('detail_care_leaver_categories') }}

),

published_counts as (

    select of_measures.*
    from of_measures
    where
        of_measures.count_name in (select parts.count_name from parts)
        or of_measures.count_name in (select detail_counts.count_name from detail_counts)
    union all
    select * from of_details

),

-- what a sum has beside its parts, such as assessments without an outcome
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
    where sums.has_remainder
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
    -- sums of twelve months tie the years together; other counts are tied within a financial year
    case
        when counts.count_name in (
            select parts.count_name from parts where parts.period_window = 'rolling_12'
        ) then 'all years'
        else {{ financial_year('counts.month_end') }}
    end as period,
    cast(coalesce(counts.counted, 0) as double) as counted
from counts
