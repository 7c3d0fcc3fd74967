{# Rules about a whole table of the extract, where no single row can be named. #}
with

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

extracts as (select * from {{ ref('stg_landing__extracts') }}),

-- the previous extract of the same source
extract_before as (

    select extracts.extract_id
    from extracts
    inner join extract_in_force
        on
            extracts.source_system = extract_in_force.source_system
            and extracts.as_at < extract_in_force.as_at
    qualify
        row_number() over (
            order by extracts.as_at desc, extracts.loaded_at desc, extracts.extract_id desc
        ) = 1

),

logged_tables as (select * from {{ source('landing', 'extract_tables') }}),

tables_before as (

    select logged_tables.*
    from logged_tables
    inner join extract_before
        on logged_tables.extract_id = extract_before.extract_id

),

tables as (

    select
        logged_tables.*,
        tables_before.row_count as row_count_before
    from logged_tables
    inner join extract_in_force
        on logged_tables.extract_id = extract_in_force.extract_id
    left join tables_before
        on logged_tables.table_name = tables_before.table_name

),

offered_before as (

    select extracts.extract_id
    from extracts
    inner join extract_in_force
        on extracts.extract_id = extract_in_force.extract_id
    inner join extracts as earlier
        on
            extracts.files_hash = earlier.files_hash
            and extracts.as_at > earlier.as_at

),

missing_columns as (

    select
        table_name,
        {{ split_to_rows('missing_columns', ', ') }} as column_name
    from tables
    where missing_columns is not null

),

decimal_ids as (

    select ids.*
    from {{ source('landing', 'extract_ids') }} as ids
    inner join extract_in_force
        on ids.extract_id = extract_in_force.extract_id
    where position('|' || ids.column_name || '|' in extract_in_force.decimal_id_columns) > 0

),

blocked_extracts as (

    select blocked_extracts.*
    from {{ ref('stg_landing__blocked_extracts') }} as blocked_extracts
    inner join extract_in_force
        on blocked_extracts.extract_id = extract_in_force.extract_id

)

select
    rule_id,
    table_name,
    cast(null as varchar) as column_name,
    finding as cell_value
from blocked_extracts
union all
select
    'BAT-02' as rule_id,
    table_name,
    cast(null as varchar) as column_name,
    case when is_present then 'empty' else 'not in the extract' end as cell_value
from tables
where not is_present or row_count = 0
union all
select
    'BAT-02' as rule_id,
    table_name,
    column_name,
    'not in the file' as cell_value
from missing_columns
union all
select
    rule_id,
    table_name,
    column_name,
    cell_value
from {{ ref('int_failures__empty_columns') }}
union all
-- a fall of exactly 20% still passes
select
    'BAT-03' as rule_id,
    table_name,
    cast(null as varchar) as column_name,
    row_count_before || ' then ' || row_count as cell_value
from tables
where row_count * 5 < row_count_before * 4
union all
-- G70
select
    'GEN-17' as rule_id,
    table_name,
    column_name,
    decimal_count || ' of ' || decimal_count + whole_number_count || ' ids end in .0' as cell_value
from decimal_ids
union all
select distinct
    'BAT-06' as rule_id,
    'extract_log' as table_name,
    cast(null as varchar) as column_name,
    'the files of an earlier extract' as cell_value
from offered_before
