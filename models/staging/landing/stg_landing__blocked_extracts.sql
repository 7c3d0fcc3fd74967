{% set first_month = asked_for('first_month') %}

with

extracts as (select * from {{ ref('stg_landing__extracts') }}),

logged_tables as (select * from {{ source('landing', 'extract_tables') }}),

row_counts as (select * from {{ ref('stg_landing__row_counts') }}),

ids as (select * from {{ source('landing', 'extract_ids') }})

select
    'BAT-01' as rule_id,
    logged_tables.extract_id,
    logged_tables.table_name,
    logged_tables.row_count || ' rows logged, ' || coalesce(row_counts.row_count, 0) || ' found'
        as finding
from logged_tables
left join row_counts
    on
        logged_tables.extract_id = row_counts.extract_id
        and logged_tables.table_name = row_counts.table_name
where logged_tables.row_count <> coalesce(row_counts.row_count, 0)
union all
-- a day of grace, because the two systems may differ in clock and time zone
select
    'BAT-05' as rule_id,
    extract_id,
    'extract_log' as table_name,
    'as at ' || as_at || ', loaded at ' || loaded_at as finding
from extracts
where cast(as_at as date) > {{ add_days('cast(loaded_at as date)', 1) }}
union all
-- G67: a link that is the same in most rows attributes to one record what belongs to many
select
    'BAT-16' as rule_id,
    extract_id,
    table_name,
    column_name || ' has '
    || coalesce('the id ' || most_frequent_id, 'one value') || ' in ' || most_frequent_count
    || ' of ' || row_count || ' rows' as finding
from ids
where
    is_optional_link
    and row_count >= {{ var('most_frequent_id_from_rows') }}
    and most_frequent_count * 100 > row_count * {{ var('most_frequent_id_percent') }}
union all
select
    'BAT-17' as rule_id,
    extract_id,
    table_name,
    column_name || ' merges ' || most_merged_count || ' records into ' || most_merged_id
        as finding
from ids
where most_merged_count > {{ var('most_records_merged') }}

{% if first_month %}
    union all
    select
        'BAT-05' as rule_id,
        extract_id,
        'extract_log' as table_name,
        'as at ' || as_at || ', first month {{ first_month }}' as finding
    from extracts
    where cast(as_at as date) < {{ month_end_of("date '" ~ first_month ~ "'") }}
{% endif %}
