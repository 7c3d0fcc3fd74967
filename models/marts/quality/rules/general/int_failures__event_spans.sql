{# The span of a table's events: it must still be being filled (BAT-04), and go back as far as the
   indicators need (BAT-07). #}
with

tables as (

    select
        extract_tables.table_name,
        extract_in_force.as_at_date
    from {{ ref('stg_landing__extract_tables') }} as extract_tables
    cross join {{ ref('stg_landing__extract_in_force') }} as extract_in_force

),

span_of_events as (

    select
        table_name,
        min(event_date) as oldest_date,
        max(case when not is_planned then event_date end) as newest_date
    from {{ ref('int_quality_rows') }}
    group by table_name

),

last_month as (select max(month_start) as month_start from {{ ref('int_reporting_months') }}),

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
    'BAT-04' as rule_id,
    tables.table_name,
    cast(null as varchar) as column_name,
    cast(span_of_events.newest_date as varchar) as cell_value
from tables
inner join span_of_events
    on tables.table_name = span_of_events.table_name
where span_of_events.newest_date < {{ add_days('tables.as_at_date', -7) }}

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
