with

gaps as (

    select
        indicator_ref,
        string_agg(
            case when effect = 'needed' then missing_text end, '; ' order by missing_text
        ) as missing,
        string_agg(
            case when effect = 'needed_in_localities' then missing_text end,
            '; ' order by missing_text
        ) as missing_in_localities
    from {{ ref('int_indicator_requirements') }}
    where met_by is null
    group by indicator_ref

),

tables as (

    select
        needed.indicator_ref,
        -- G61: one first day for every table that the indicator counts or looks back into
        max(tables.history_from) as history_from,
        max_by(tables.table_name, tables.history_from) as history_table,
        min(case when tables.is_latest_only then tables.table_name end) as latest_only_table
    from {{ ref('indicator_raw_tables') }} as needed
    left join {{ ref('stg_landing__extract_tables') }} as tables
        on needed.raw_table = tables.table_name
    group by needed.indicator_ref

)

select
    tables.indicator_ref,
    gaps.missing,
    gaps.missing_in_localities,
    tables.latest_only_table,
    tables.history_from,
    tables.history_table
from tables
left join gaps
    on tables.indicator_ref = gaps.indicator_ref
