with

tables as (select * from {{ ref('stg_landing__extract_tables') }}),

extract_in_force as (select extract_id from {{ ref('stg_landing__extract_in_force') }}),

row_counts as (

    select row_counts.*
    from {{ ref('stg_landing__row_counts') }} as row_counts
    inner join extract_in_force
        on row_counts.extract_id = extract_in_force.extract_id

),

-- counted from the rows themselves, so no row can be both used and quarantined, or neither
kept as (

    select
        table_name,
        count(case when unusable_for is null then 1 end) as used_count,
        count(unusable_for) as unusable_count
    from {{ ref('int_quality_rows') }}
    group by table_name

),

left_out as (

    select
        table_name,
        count(case when is_exact_duplicate then 1 end) as duplicate_count,
        count(case when not is_exact_duplicate then 1 end) as conflicting_count
    from {{ ref('int_failures__rows_repeated') }}
    group by table_name

)

select
    extract_in_force.extract_id,
    tables.table_name,
    cast(coalesce(row_counts.row_count, 0) as bigint) as rows_landed,
    cast(coalesce(kept.used_count, 0) as bigint) as rows_used,
    cast(
        coalesce(kept.unusable_count, 0) + coalesce(left_out.conflicting_count, 0) as bigint
    ) as rows_quarantined,
    cast(coalesce(left_out.duplicate_count, 0) as bigint) as rows_duplicate
from tables
cross join extract_in_force
left join row_counts
    on tables.table_name = row_counts.table_name
left join kept
    on tables.table_name = kept.table_name
left join left_out
    on tables.table_name = left_out.table_name
