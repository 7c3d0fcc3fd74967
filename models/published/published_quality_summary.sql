{# Internal edition only, for the same reason as quality_by_indicator. #}
with

failures as (select * from {{ ref('fct_quality_failures') }}),

rules as (select * from {{ ref('dim_quality_rules') }})

select
    'internal' as edition,
    failures.rule_id as quality_rule,
    failures.table_name,
    rules.severity,
    -- a rule that quarantines rows may not do so in every table
    case rules.treatment
        when 'quarantined' then max(failures.consequence)
        else rules.treatment
    end as treatment,
    rules.message,
    rules.todo,
    cast(count(*) as bigint) as failure_count
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
