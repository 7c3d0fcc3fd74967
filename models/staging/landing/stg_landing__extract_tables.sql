with

source as (select * from {{ source('landing', 'extract_tables') }}),

extract_in_force as (select extract_id from {{ ref('stg_landing__extract_in_force') }})

select
    source.table_name,
    source.source_file,
    source.row_count,
    source.history_from,
    source.missing_columns,
    coalesce(source.is_present, false) as is_present,
    coalesce(source.is_present and source.row_count > 0, false) as has_rows,
    coalesce(source.is_latest_only, false) as is_latest_only
from source
inner join extract_in_force
    on source.extract_id = extract_in_force.extract_id
