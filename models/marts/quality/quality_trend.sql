with

counts as (select * from {{ ref('int_quality_counts_kept') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }})

select
    counts.extract_id,
    counts.source_system,
    counts.as_at,
    counts.rule_id,
    counts.severity,
    counts.failure_count,
    counts.rows_landed
from counts
cross join extract_in_force
-- decision 0017: earlier extracts may be used, later ones never; of two with the same as_at
-- one corrects the other
where
    counts.extract_id = extract_in_force.extract_id
    or counts.as_at < extract_in_force.as_at
