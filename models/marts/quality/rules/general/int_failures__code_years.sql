{# GEN-08. Codes added or withdrawn between years of the returns; all others are always valid. #}
with

placements as (select * from {{ ref('stg_ssd__placements') }} where unusable_for is null),

code_years as (select * from {{ ref('code_years') }})

select
    'GEN-08' as rule_id,
    code_years.table_name,
    code_years.column_name,
    placements.source_row
from placements
inner join code_years
    on
        placements.placement_type_code = code_years.code
        and code_years.column_name = 'clap_cla_placement_type'
where
    placements.start_date < code_years.valid_from
    or placements.start_date > code_years.valid_to
