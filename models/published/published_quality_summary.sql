{# The internal edition only, for the same reason as quality_by_indicator. #}
with

failures as (select * from {{ ref('quality_failures_by_month') }}),

rules as (select * from {{ ref('quality_rules') }})

select
    'internal' as edition,
    failures.rule_id as quality_rule,
    failures.table_name,
    rules.severity,
    rules.treatment,
    rules.message,
    rules.todo,
    cast(sum(failures.failure_count) as bigint) as failure_count
from failures
inner join rules
    on failures.rule_id = rules.rule_id
group by
    failures.rule_id,
    failures.table_name,
    rules.severity,
    rules.treatment,
    rules.message,
    rules.todo
