with

source as (select * from {{ source('landing', 'landing_checks') }}),

extract_in_force as (select extract_id from {{ ref('stg_landing__extract_in_force') }})

select
    concat_ws(': ', source.table_name, source.column_name, source.expectation) as check_id,
    source.extract_id,
    source.table_name,
    source.column_name,
    source.expectation as check_name,
    source.rule_id,
    source.element_count as rows_checked,
    source.unexpected_count as rows_failed,
    source.unexpected_percent as percent_failed,
    source.examples,
    source.observed_value as observed,
    source.success as has_passed
from source
inner join extract_in_force
    on source.extract_id = extract_in_force.extract_id
