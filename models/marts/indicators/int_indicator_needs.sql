with

gaps as (

    select
        indicator_ref,
        string_agg(case when effect = 'needed' then missing_text end, '; ' order by missing_text)
            as missing,
        string_agg(
            case when effect = 'needed_in_localities' then missing_text end,
            '; ' order by missing_text
        ) as missing_in_localities
    from {{ ref('int_indicator_requirements') }}
    where met_by is null
    group by indicator_ref

),

tables as (select * from {{ ref('stg_landing__extract_tables') }})

select
    needed_tables.indicator_ref,
    gaps.missing,
    gaps.missing_in_localities,
    min(case when tables.is_latest_only then tables.table_name end) as latest_only_table,
    -- G61: one first day for each table that the indicator counts or looks back in
    max(tables.history_from) as history_from,
    max_by(tables.table_name, tables.history_from) as history_table
from {{ ref('indicator_raw_tables') }} as needed_tables
left join tables
    on needed_tables.raw_table = tables.table_name
left join gaps
    on needed_tables.indicator_ref = gaps.indicator_ref
group by needed_tables.indicator_ref, gaps.missing, gaps.missing_in_localities
