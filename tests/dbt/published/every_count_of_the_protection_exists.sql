with

known as (

    select 'cases:' || population as count_name from {{ ref('disclosure_populations') }}
    union all
    select 'met:' || measure as count_name from {{ ref('disclosure_populations') }}
    union all
    select 'workers:' || population as count_name from {{ ref('disclosure_populations') }}
    union all
    select 'largest:' || measure as count_name from {{ ref('disclosure_populations') }}
    union all
    select 'rest:' || sum_name as count_name from {{ ref('disclosure_sums') }}
    union all
    select
        detail_table || case detail_table when 'T1' then ' contacts:' else ':' end || row_code
            as count_name
    from {{ ref('detail_table_rows') }}
    union all
    select 'T1 progressed:' || row_code as count_name
    from {{ ref('detail_table_rows') }}
    where detail_table = 'T1'

),

used as (

    select total_count as count_name from {{ ref('disclosure_sums') }}
    union all
    select part_count as count_name from {{ ref('disclosure_sums') }}
    union all
    select count_name from {{ ref('disclosure_detail_counts') }}
    union all
    -- every_live_indicator_has_all_that_it_needs reports a part without a count
    select count_name from {{ ref('disclosure_indicator_parts') }} where count_name is not null

),

rows_without_a_count as (

    select detail_rows.detail_table || ' ' || detail_rows.row_code as count_name
    from {{ ref('detail_table_rows') }} as detail_rows
    left join {{ ref('disclosure_detail_counts') }} as detail_counts
        on
            detail_rows.detail_table = detail_counts.detail_table
            and detail_rows.row_code = detail_counts.row_code
    -- the public edition has none of the cells of T5
    where detail_counts.row_code is null and detail_rows.detail_table <> 'T5'

)

select
    used.count_name,
    'this count does not exist: correct its name in seeds/disclosure' as problem
from used
left join known
    on used.count_name = known.count_name
where known.count_name is null
union all
select
    rows_without_a_count.count_name,
    'no count is declared for this row, so the public edition hides it: add a line to '
    || 'seeds/disclosure/disclosure_detail_counts.csv' as problem
from rows_without_a_count
