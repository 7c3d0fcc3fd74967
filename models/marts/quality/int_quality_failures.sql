{# Every failure of every rule, with the row that it is about. A rule about a whole table has no
   row; its model gives what was found instead. #}
with

failed_rules as (select * from {{ ref('int_failed_rules') }}),

rows_kept as (select * from {{ ref('int_quality_rows') }}),

located as (

    select
        failed_rules.rule_id,
        failed_rules.table_name,
        failed_rules.column_name,
        failed_rules.source_row,
        case when rows_kept.unusable_for is not null then 'quarantined' else 'used' end
            as row_outcome,
        rows_kept.row_key,
        rows_kept.person_id,
        rows_kept.worker_id,
        rows_kept.team_id,
        rows_kept.event_date,
        cast(null as varchar) as finding
    from failed_rules
    inner join rows_kept
        on
            failed_rules.table_name = rows_kept.table_name
            and failed_rules.source_row = rows_kept.source_row

),

-- a row that was left out is identified by its id alone
repeated as (

    select
        rule_id,
        table_name,
        column_name,
        cast(source_row as bigint) as source_row,
        case when is_exact_duplicate then 'dropped' else 'quarantined' end as row_outcome,
        row_key,
        cast(null as varchar) as person_id,
        cast(null as varchar) as worker_id,
        cast(null as varchar) as team_id,
        cast(null as date) as event_date,
        cast(null as varchar) as finding
    from {{ ref('int_failures__rows_repeated') }}

),

failures as (

    select * from located
    union all
    select * from repeated
    {% for subject in ['extract', 'event_spans', 'content'] %}
        union all
        select
            rule_id,
            table_name,
            column_name,
            cast(null as bigint) as source_row,
            cast(null as varchar) as row_outcome,
            table_name as row_key,
            cast(null as varchar) as person_id,
            cast(null as varchar) as worker_id,
            cast(null as varchar) as team_id,
            cast(null as date) as event_date,
            cell_value as finding
        from {{ ref('int_failures__' ~ subject) }}
    {% endfor %}

)

select
    failures.rule_id || ' ' || failures.table_name || ' '
    || coalesce(cast(failures.source_row as varchar), coalesce(failures.finding, '')) || ' '
    || coalesce(failures.column_name, '') as failure_id,
    failures.rule_id,
    rules.severity,
    failures.table_name,
    failures.source_row,
    failures.row_key,
    failures.column_name,
    failures.person_id,
    failures.worker_id,
    failures.team_id,
    failures.event_date,
    failures.finding,
    -- as row_accounting counts the row, whatever its rule does to other rows: a required date
    -- that cannot be read omits the row, or the field if the row is usable without it (GEN-02)
    case
        when failures.row_outcome <> 'used' then failures.row_outcome
        when rules.treatment <> 'quarantined' then rules.treatment
        when failures.rule_id = 'GEN-02' then 'field_left_out'
        else 'kept'
    end as consequence
from failures
inner join {{ ref('quality_rules') }} as rules
    on failures.rule_id = rules.rule_id
