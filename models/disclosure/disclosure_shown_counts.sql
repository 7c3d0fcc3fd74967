with

populations as (select * from {{ ref('disclosure_populations') }}),

parts as (select * from {{ ref('disclosure_indicator_parts') }}),

detail_counts as (select * from {{ ref('disclosure_detail_counts') }}),

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

)

select
    of_measures.count_name,
    of_measures.month_end,
    of_measures.area_code,
    of_measures.counted
from of_measures
where
    of_measures.count_name in (select parts.count_name from parts)
    or of_measures.count_name in (select detail_counts.count_name from detail_counts)
union all
select
    of_details.count_name,
    of_details.month_end,
    of_details.area_code,
    of_details.counted
from of_details
