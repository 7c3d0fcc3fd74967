{# Rules about a whole table of the extract, for which no row can be named. #}
with

extract_in_force as (

    select * from {{ ref('stg_landing__extract_in_force') }}

),

extracts as (

    select * from {{ ref('stg_landing__extracts') }}

),

-- the last extract of the same source
extract_before as (

    select extracts.extract_id
    from extracts
    inner join extract_in_force
        on
            extracts.source_system = extract_in_force.source_system
            and extracts.as_at < extract_in_force.as_at
    qualify row_number() over (order by extracts.as_at desc, extracts.extract_id desc) = 1

),

logged_tables as (

    select * from {{ source('landing', 'extract_tables') }}

),

tables_before as (

    select logged_tables.*
    from logged_tables
    inner join extract_before
        on logged_tables.extract_id = extract_before.extract_id

),

tables as (

    select
        logged_tables.*,
        extract_in_force.as_at_date,
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
    inner join extracts as others
        on
            extracts.files_hash = others.files_hash
            and extracts.as_at > others.as_at

),

missing_columns as (

    select
        table_name,
        {{ split_to_rows('missing_columns', ', ') }} as column_name
    from tables
    where missing_columns is not null

),

blocked_extracts as (

    select blocked_extracts.*
    from {{ ref('stg_landing__blocked_extracts') }} as blocked_extracts
    inner join extract_in_force
        on blocked_extracts.extract_id = extract_in_force.extract_id

),

span_of_events as (

    select
        table_name,
        min(event_date) as oldest_date,
        max(case when not is_planned then event_date end) as newest_date
    from {{ ref('int_quality_rows') }}
    group by table_name

),

last_month as (

    select max(month_start) as month_start from {{ ref('int_reporting_months') }}

),

-- how far back the indicators of the last month look into a table
history_needed as (

    select
        needed_tables.raw_table as table_name,
        max(indicators.history_months) as months_needed
    from {{ ref('indicator_raw_tables') }} as needed_tables
    inner join {{ ref('indicators') }} as indicators
        on needed_tables.indicator_ref = indicators.indicator_ref
    group by needed_tables.raw_table

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

-- a fall by a fifth is still in order
select
    'BAT-03' as rule_id,
    table_name,
    cast(null as varchar) as column_name,
    row_count_before || ' then ' || row_count as cell_value
from tables
where row_count * 5 < row_count_before * 4

union all

select
    'BAT-04' as rule_id,
    tables.table_name,
    cast(null as varchar) as column_name,
    cast(span_of_events.newest_date as varchar) as cell_value
from tables
inner join span_of_events
    on tables.table_name = span_of_events.table_name
where span_of_events.newest_date < {{ add_days('tables.as_at_date', -7) }}

union all

select distinct
    'BAT-06' as rule_id,
    'extract_log' as table_name,
    cast(null as varchar) as column_name,
    'the files of an earlier extract' as cell_value
from offered_before

union all

select
    'BAT-07' as rule_id,
    span_of_events.table_name,
    cast(null as varchar) as column_name,
    cast(span_of_events.oldest_date as varchar) as cell_value
from span_of_events
inner join history_needed
    on span_of_events.table_name = history_needed.table_name
cross join last_month
where
    span_of_events.oldest_date
    > {{ add_months('last_month.month_start', '-cast(history_needed.months_needed as integer)') }}
