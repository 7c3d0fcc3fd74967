{# Every failure of every rule, with the row that it is about. A rule about a whole table has no
   row; its model gives what was found instead. #}
{% set of_rows = [
    'adoption_placements', 'adoptions', 'allocations', 'assessments', 'care_leavers', 'carers',
    'cells', 'cin_plans', 'code_years', 'contacts', 'cp_plans', 'cp_reviews', 'cp_visits',
    'early_help', 'early_help_cases', 'education_plans', 'events', 'initial_conferences',
    'lac_episodes', 'lac_health', 'lac_review_due_dates', 'lac_reviews', 'lac_statuses',
    'lac_visits_and_plans', 'lac_yearly_health', 'links', 'natural_keys', 'people',
    'people_changed', 'permanence_dates', 'placement_moves', 'placements', 'placements_today',
    'plans_without_conference', 'referrals', 's47_enquiries', 'short_breaks', 'workers',
] %}
with

rows_kept as (select * from {{ ref('int_quality_rows') }}),

-- an unreadable start is GEN-02, and not missing as well
rows_unusable as (

    select unusable.*
    from {{ ref('int_failures__rows_unusable') }} as unusable
    left join {{ ref('int_failures__cells') }} as cells
        on
            unusable.table_name = cells.table_name
            and unusable.source_row = cells.source_row
            and unusable.column_name = cells.column_name
            and cells.rule_id = 'GEN-02'
    where cells.rule_id is null

),

-- a rule cannot test a column that is not in the file, which is BAT-02
missing_columns as (

    select
        table_name,
        column_name
    from {{ ref('int_failures__extract') }}
    where rule_id = 'BAT-02' and column_name is not null

),

failed_rows as (

    select * from rows_unusable
    {% for subject in of_rows %}
        union all
        select * from {{ ref('int_failures__' ~ subject) }}
    {% endfor %}

),

located as (

    select
        failed_rows.rule_id,
        failed_rows.table_name,
        failed_rows.column_name,
        cast(failed_rows.source_row as bigint) as source_row,
        case when rows_kept.unusable_for is not null then 'quarantined' else 'used' end
            as row_outcome,
        rows_kept.row_key,
        rows_kept.person_id,
        rows_kept.worker_id,
        rows_kept.team_id,
        rows_kept.event_date,
        cast(null as varchar) as finding
    from failed_rows
    inner join rows_kept
        on
            failed_rows.table_name = rows_kept.table_name
            and failed_rows.source_row = rows_kept.source_row
    left join missing_columns
        on
            failed_rows.table_name = missing_columns.table_name
            and failed_rows.column_name = missing_columns.column_name
    where missing_columns.column_name is null

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
