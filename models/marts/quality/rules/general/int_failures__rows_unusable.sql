with

rows_kept as (select * from {{ ref('int_quality_rows') }})

select
    split_part(unusable_for, ' ', 1) as rule_id,
    table_name,
    split_part(unusable_for, ' ', 2) as column_name,
    source_row
from rows_kept
where unusable_for is not null
