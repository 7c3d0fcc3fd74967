with

source as (select * from {{ source('landing', 'extract_log') }})

select
    extract_id,
    source_system,
    date_format,
    history_from_default,
    files_hash,
    as_at,
    loaded_at
from source
