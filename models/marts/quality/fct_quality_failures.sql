with

failures as (select * from {{ ref('int_quality_failures') }}),

failing_cells as (select * from {{ ref('int_failing_cells') }}),

rules as (select * from {{ ref('dim_quality_rules') }}),

extract_tables as (select * from {{ ref('stg_landing__extract_tables') }}),

extract_in_force as (select extract_id from {{ ref('stg_landing__extract_in_force') }}),

valued as (

    select
        failures.*,
        rules.message,
        rules.todo,
        case
            when rules.shows_value then coalesce(failures.finding, failing_cells.cell_value)
        end as cell_value,
        coalesce(failing_cells.source_file, extract_tables.source_file, failures.table_name)
            as source_file
    from failures
    inner join rules
        on failures.rule_id = rules.rule_id
    left join failing_cells
        on
            failures.table_name = failing_cells.table_name
            and failures.source_row = failing_cells.source_row
            and failures.column_name = failing_cells.column_name
    left join extract_tables
        on failures.table_name = extract_tables.table_name

)

select
    valued.rule_id,
    valued.severity,
    valued.table_name,
    valued.row_key,
    valued.column_name,
    valued.cell_value as value,
    valued.source_file
    || coalesce(', row ' || valued.source_row, '')
    || coalesce(', ' || valued.column_name, '')
    -- a cell may contain a page of text; enough is shown to find it
    || coalesce(
        ' = ' || left(valued.cell_value, 80)
        || case when length(valued.cell_value) > 80 then '…' else '' end,
        ''
    )
    || ': ' || valued.message || '. ' || valued.todo as message,
    extract_in_force.extract_id,
    valued.source_file,
    valued.source_row,
    valued.consequence,
    valued.failure_id
from valued
cross join extract_in_force
