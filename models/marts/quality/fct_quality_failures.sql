with

failures as (

    select * from {{ ref('int_quality_failures') }}

),

failing_cells as (

    select * from {{ ref('int_failing_cells') }}

),

rules as (

    select * from {{ ref('quality_rules') }}

),

extract_tables as (

    select * from {{ ref('stg_landing__extract_tables') }}

),

extract_in_force as (

    select extract_id from {{ ref('stg_landing__extract_in_force') }}

),

shown as (

    select
        failures.*,
        coalesce(failures.finding, failing_cells.cell_value) as cell_value,
        coalesce(failing_cells.source_file, extract_tables.source_file, failures.table_name)
            as source_file,
        -- a cell may hold a page of text; enough of it to be found is shown
        case
            when length(coalesce(failures.finding, failing_cells.cell_value)) > 80
                then left(coalesce(failures.finding, failing_cells.cell_value), 80) || '…'
            else coalesce(failures.finding, failing_cells.cell_value)
        end as shown_value
    from failures
    left join failing_cells
        on
            failures.table_name = failing_cells.table_name
            and failures.source_row = failing_cells.source_row
            and failures.column_name = failing_cells.column_name
    left join extract_tables
        on failures.table_name = extract_tables.table_name

)

select
    shown.rule_id,
    shown.severity,
    shown.table_name,
    shown.row_key,
    shown.column_name,
    shown.cell_value as value,
    shown.source_file
    || coalesce(', row ' || shown.source_row, '')
    || coalesce(', ' || shown.column_name, '')
    || coalesce(' = ' || shown.shown_value, '')
    || ': ' || rules.message || '. ' || rules.todo as message,
    extract_in_force.extract_id,
    shown.source_file,
    shown.source_row,
    shown.failure_id
from shown
inner join rules
    on shown.rule_id = rules.rule_id
cross join extract_in_force
