with

failures as (select * from {{ ref('int_quality_failures') }}),

extract_in_force as (select extract_id from {{ ref('stg_landing__extract_in_force') }})

select
    failures.rule_id,
    failures.severity,
    failures.table_name,
    {{ month_end_of('failures.event_date') }} as month_end,
    count(*) as failure_count,
    count(distinct failures.source_row) as row_count,
    extract_in_force.extract_id
from failures
cross join extract_in_force
group by
    failures.rule_id,
    failures.severity,
    failures.table_name,
    {{ month_end_of('failures.event_date') }},
    extract_in_force.extract_id
