with

needed_tables as (select * from {{ ref('indicator_raw_tables') }}),

extract_tables as (select * from {{ ref('stg_landing__extract_tables') }})

select
    needed_tables.indicator_ref,
    bool_and(coalesce(extract_tables.has_rows, false)) as has_tables,
    -- G61: one first day for every table that the indicator counts or looks back into
    max(extract_tables.history_from) as history_from
from needed_tables
left join extract_tables
    on needed_tables.raw_table = extract_tables.table_name
group by needed_tables.indicator_ref
