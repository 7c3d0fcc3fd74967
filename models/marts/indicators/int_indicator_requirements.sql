with

tables as (select * from {{ ref('stg_landing__extract_tables') }}),

missing_columns as (

    select
        table_name,
        {{ split_to_rows('missing_columns', ', ') }} as column_name
    from tables
    where missing_columns is not null

),

indicators as (select indicator_ref from {{ ref('indicators') }}),

needed_tables as (select * from {{ ref('indicator_raw_tables') }}),

other_columns as (

    select
        raw_table,
        effect,
        coalesce(raw_column, raw_table) as requirement,
        {{ split_to_rows('indicator_refs', ' ') }} as indicator_ref
    from {{ ref('indicator_other_columns') }}
    where effect in ('needed', 'needed_in_localities')

),

required as (

    select
        indicator_ref,
        raw_table,
        'needed' as effect,
        raw_table as requirement
    from needed_tables
    union all
    select
        indicator_ref,
        raw_table,
        'needed' as effect,
        {{ split_to_rows('raw_columns', ' ') }} as requirement
    from needed_tables
    where raw_columns is not null
    union all
    select
        indicators.indicator_ref,
        other_columns.raw_table,
        other_columns.effect,
        other_columns.requirement
    from other_columns
    inner join indicators
        on other_columns.indicator_ref in (indicators.indicator_ref, 'all')

),

-- any of several will do: columns of the table, or another table
ways as (

    select
        *,
        {{ split_to_rows('requirement', '|') }} as way
    from required

),

looked_up as (

    select
        ways.*,
        left(ways.way, 3) = 'ssd' as is_table,
        coalesce(way_tables.is_present, false) as is_present,
        case
            when left(ways.way, 3) = 'ssd' then coalesce(way_tables.has_rows, false)
            else missing_columns.column_name is null
        end as is_there
    from ways
    left join tables as own_tables
        on ways.raw_table = own_tables.table_name
    left join tables as way_tables
        on ways.way = way_tables.table_name
    left join missing_columns
        on
            ways.raw_table = missing_columns.table_name
            and ways.way = missing_columns.column_name
    -- a missing table is reported as a table, not column by column
    where ways.requirement = ways.raw_table or own_tables.has_rows

)

select
    indicator_ref,
    raw_table,
    effect,
    requirement,
    string_agg(case when is_there then way end, '|' order by way) as met_by,
    string_agg(
        case when is_table then 'table ' || way else 'column ' || way || ' of ' || raw_table end,
        ' and ' order by way
    )
    || case
        when count(*) > 1 then ' are missing'
        when bool_or(is_present) then ' has no rows'
        else ' is missing'
    end as missing_text
from looked_up
group by indicator_ref, raw_table, effect, requirement
