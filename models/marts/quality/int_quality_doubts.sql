{# Which indicators a failing row casts doubt on. Exact duplicates and remarks for whoever produces
   the extract cast none. #}
with

failures as (

    select *
    from {{ ref('int_quality_failures') }}
    where severity in ('error', 'warn') and source_row is not null

),

people_merged as (select * from {{ ref('stg_ssd__people_merged') }}),

rule_indicators as (select * from {{ ref('quality_rule_indicators') }}),

needed_tables as (select * from {{ ref('indicator_raw_tables') }}),

indicators_of_rules as (

    select
        rule_id,
        cast(null as varchar) as table_name,
        indicator_ref
    from rule_indicators
    where indicator_ref <> 'TABLE'
    union all
    select
        rule_indicators.rule_id,
        needed_tables.raw_table as table_name,
        needed_tables.indicator_ref
    from rule_indicators
    cross join needed_tables
    where rule_indicators.indicator_ref = 'TABLE'

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
left join people_merged
    on failures.person_id = people_merged.person_id
