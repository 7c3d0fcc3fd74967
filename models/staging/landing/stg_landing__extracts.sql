with

source as (select * from {{ source('landing', 'extract_log') }}),

-- G70: every id of the column is a whole number, and some are written with a decimal
decimal_ids as (

    select
        extract_id,
        '|' || string_agg(column_name, '|' order by column_name) || '|' as column_names
    from {{ source('landing', 'extract_ids') }}
    where decimal_count > 0 and other_count = 0
    group by extract_id

)

select
    source.extract_id,
    source.source_system,
    source.date_format,
    decimal_ids.column_names as decimal_id_columns,
    source.history_from_default,
    source.files_hash,
    source.as_at,
    source.loaded_at
from source
left join decimal_ids
    on source.extract_id = decimal_ids.extract_id
