{# Grows by one extract with every build; rebuilt from nothing, it contains the extract in force
   only. #}
{{ config(materialized='incremental', unique_key='extract_id', incremental_strategy='delete+insert',
          on_schema_change='append_new_columns') }}

with

failures as (select * from {{ ref('int_quality_failures') }}),

rules as (select * from {{ ref('quality_rules') }}),

tables as (select sum(row_count) as rows_landed from {{ ref('stg_landing__extract_tables') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }})

select
    extract_in_force.extract_id,
    extract_in_force.source_system,
    extract_in_force.as_at,
    rules.rule_id,
    rules.severity,
    count(failures.failure_id) as failure_count,
    cast(tables.rows_landed as bigint) as rows_landed
from rules
cross join extract_in_force
cross join tables
left join failures
    on rules.rule_id = failures.rule_id
group by
    extract_in_force.extract_id,
    extract_in_force.source_system,
    extract_in_force.as_at,
    rules.rule_id,
    rules.severity,
    tables.rows_landed
