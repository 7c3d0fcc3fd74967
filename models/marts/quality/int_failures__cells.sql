{# The rules that a cell breaks under the contract for its column, all in one place. #}
{% set rows_of_contract = ["('', '', '', '', '', '', '')"] %}
{% for landed in landed_tables() %}
    {% set contract = contract_of(landed.table) %}
    {% for column in contract.columns.values() %}
        {% set known = (column.meta.codes or []) + (column.meta.also_accepted or []) %}
        {% do rows_of_contract.append("('" ~ [
            landed.table, column.name, kind_of_cells(column), column.meta.rule or '',
            '|' ~ known | join('|') ~ '|',
            'required' if column.meta.requirement == 'required' else '',
            'id' if is_id_column(contract, column) else '',
        ] | join("', '") ~ "')") %}
    {% endfor %}
{% endfor %}
with

cells as (select * from {{ ref('int_quality_cells_in_doubt') }}),

contract_columns as (

    select
        listed.table_name,
        listed.column_name,
        listed.kind,
        listed.own_rule_id,
        listed.codes,
        listed.is_required,
        listed.is_id
    from (
        values
        {{ rows_of_contract | join(', ') }}
    ) as listed (table_name, column_name, kind, own_rule_id, codes, is_required, is_id)

),

judged as (

    select
        cells.table_name,
        cells.column_name,
        cells.source_row,
        -- the first that applies is named; the contract may give a rule specific to the column
        case
            when {{ trimmed('cells.cell') }} = '' then null
            -- a word that is a code of the column is not a placeholder
            when
                {{ is_placeholder('cells.cell') }}
                and position(
                    '|' || upper({{ trimmed('cells.cell') }}) || '|' in contract_columns.codes
                ) = 0
                then 'GEN-06'
            when
                contract_columns.kind in ('DATE', 'TIMESTAMP')
                and {{ is_unreadable_date('cells.cell') }}
                then case
                    when contract_columns.own_rule_id <> '' then contract_columns.own_rule_id
                    when contract_columns.is_required <> '' then 'GEN-02'
                    when {{ is_ambiguous_date('cells.cell') }} then 'GEN-03'
                    else 'GEN-16'
                end
            when
                contract_columns.kind in ('DATE', 'TIMESTAMP')
                and {{ landed_date('cells.cell') }} is null
                then 'GEN-01'
            when
                contract_columns.kind = 'INTEGER' and {{ landed_integer('cells.cell') }} is null
                or contract_columns.kind = 'DOUBLE' and {{ landed_number('cells.cell') }} is null
                then 'GEN-16'
            when contract_columns.kind = 'FLAG' and {{ landed_flag('cells.cell') }} is null
                then coalesce(nullif(contract_columns.own_rule_id, ''), 'GEN-13')
            when
                contract_columns.kind = 'CODE'
                and position(
                    '|' || upper({{ trimmed('cells.cell') }}) || '|' in contract_columns.codes
                ) = 0
                then coalesce(nullif(contract_columns.own_rule_id, ''), 'GEN-07')
            when contract_columns.kind = 'JSON' and not {{ is_json_document('cells.cell') }}
                then 'GEN-14'
            when contract_columns.is_id <> '' and cells.cell <> {{ landed_code('cells.cell') }}
                then 'GEN-09'
        end as rule_id
    from cells
    inner join contract_columns
        on
            cells.table_name = contract_columns.table_name
            and cells.column_name = contract_columns.column_name

)

select
    rule_id,
    table_name,
    column_name,
    source_row
from judged
where rule_id is not null
