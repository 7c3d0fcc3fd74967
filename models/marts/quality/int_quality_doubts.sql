{# Which indicators a failing row casts doubt on; exact duplicates and remarks (info) cast none. #}
with

failures as (

    select *
    from {{ ref('int_quality_failures') }}
    where severity in ('error', 'warn') and source_row is not null

),

-- a rule about a table is about every indicator that needs it
indicators_of_rules as (

    select
        rules.rule_id,
        needed_tables.raw_table as table_name,
        coalesce(needed_tables.indicator_ref, rules.indicator_ref) as indicator_ref
    from {{ ref('quality_rule_indicators') }} as rules
    left join {{ ref('indicator_raw_tables') }} as needed_tables
        on rules.indicator_ref = 'TABLE'
    where rules.indicator_ref <> 'TABLE' or needed_tables.indicator_ref is not null

)

select distinct
    indicators_of_rules.indicator_ref,
    failures.rule_id,
    failures.table_name,
    failures.row_key,
    coalesce(people_merged.surviving_person_id, failures.person_id) as person_id,
    failures.event_date
from failures
inner join indicators_of_rules
    on
        failures.rule_id = indicators_of_rules.rule_id
        and failures.table_name
        = coalesce(indicators_of_rules.table_name, failures.table_name)
left join {{ ref('stg_ssd__people_merged') }} as people_merged
    on failures.person_id = people_merged.person_id
