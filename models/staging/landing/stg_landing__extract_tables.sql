with

source as (

    select * from {{ source('landing', 'extract_tables') }}

),

extract_in_force as (

    select extract_id from {{ ref('stg_landing__extract_in_force') }}

)

select
    source.table_name,
    source.row_count,
    coalesce(source.is_present and source.row_count > 0, false) as has_rows,
    source.history_from
from source
inner join extract_in_force
    on source.extract_id = extract_in_force.extract_id
