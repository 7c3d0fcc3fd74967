{# How a quality rule becomes rows. A rule is a boolean column named after the rule and the landed
   column to check, as in con_02__cont_contact_source_code (CON-02). #}

{# One row per row of `relation` (it has source_row) and rule column that is true. #}
{% macro failures_in(relation, table_name) -%}
    {{ return(adapter.dispatch('failures_in', 'vital_signs')(relation, table_name)) }}
{%- endmacro %}

{% macro default__failures_in(relation, table_name) -%}
    {%- set columns = "from_json(to_json(struct(*)), 'map<string, string>')" -%}
    select
        {{ parts_of_rule_column('rule_column', table_name) }}
    from (
        select
            source_row,
            explode(map_keys(map_filter(
                {{ columns }}, (name, is_failed) -> contains(name, '__') and is_failed = 'true'
            ))) as rule_column
        from {{ relation }}
    )
{%- endmacro %}

{% macro duckdb__failures_in(relation, table_name) -%}
    select
        {{ parts_of_rule_column('rule_column', table_name) }}
    from (unpivot (from {{ relation }}) on columns('__') into name rule_column value is_failed)
    where is_failed
{%- endmacro %}

{% macro parts_of_rule_column(rule_column, table_name) -%}
    upper(replace(left({{ rule_column }}, 6), '_', '-')) as rule_id,
    '{{ table_name }}' as table_name,
    substr({{ rule_column }}, 9) as column_name,
    source_row
{%- endmacro %}

{# The contract's entry for a landed table: its columns by name, and its meta. Empty while the
   project is being parsed or linted, as there is no graph to read it from. #}
{% macro contract_of(table_name) -%}
    {%- set found = {'columns': {}, 'meta': {'primary_key': [], 'natural_key': []}} -%}
    {%- if execute and graph -%}
        {%- for node in graph.sources.values() if node.source_name == 'ssd' and node.name == table_name -%}
            {%- do found.update({'columns': node.columns, 'meta': node.meta}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The key of a landed row as text, made from the contract's columns for it as landed_compound_key
   does. #}
{% macro contract_key(contract, key_columns) -%}
    {%- for column in key_columns -%}
        {%- set is_date = contract.columns.get(column, {}).get('data_type') in ('DATE', 'TIMESTAMP') -%}
        {{ "replace(" if not loop.last }}
        {{- "cast(" ~ landed_date(column) ~ " as varchar)" if is_date else landed_id(column) }}
        {{- ", ' ', '  ') || ' ' || " if not loop.last -}}
    {%- endfor -%}
{%- endmacro %}

{# Condition: a landed text is present and is not a date in the declared format. A placeholder is a
   date; a year before the oldest placeholder was written with two digits. #}
{% macro is_unreadable_date(column) -%}
    {{ landed_text(column) }} is not null
    and coalesce({{ parsed_date(column) }} < date '1753-01-01', true)
{%- endmacro %}

{# Condition: a text is valid JSON, either an object or a list. #}
{% macro is_json_document(column) -%}
    {{ return(adapter.dispatch('is_json_document', 'vital_signs')(column)) }}
{%- endmacro %}

{% macro default__is_json_document(column) -%}
    try_parse_json({{ column }}) is not null
{%- endmacro %}

{% macro duckdb__is_json_document(column) -%}
    (json_valid({{ column }}) and left({{ trimmed(column) }}, 1) in ('[', '{'))
{%- endmacro %}

{# The contract for a column determines which rules its cells can break. #}
{% macro kind_of_cells(column) -%}
    {%- set known = (column.meta.codes or []) + (column.meta.also_accepted or []) -%}
    {%- if column.data_type in ('DATE', 'TIMESTAMP', 'INTEGER', 'DOUBLE') -%}
        {{ return(column.data_type) }}
    {%- elif known | map('string') | sort == ['N', 'Y'] -%}
        {{ return('FLAG') }}
    {%- elif known -%}
        {{ return('CODE') }}
    {%- elif column.name.endswith('_json') -%}
        {{ return('JSON') }}
    {%- endif -%}
    {{ return('TEXT') }}
{%- endmacro %}

{# Whether a column contains ids: of its own rows or of others. #}
{% macro is_id_column(contract, column) -%}
    {{ return(column.name in contract.meta.primary_key or column.meta.references) }}
{%- endmacro %}

{# Condition: a non-empty cell is obviously valid. It saves checking most rows rule by rule, so it
   must be cheap: it may be false for a valid cell, but never true for one that breaks a rule. #}
{% macro is_plainly_good(column, is_id) -%}
    {%- set name = column.name -%}
    {%- set kind = kind_of_cells(column) -%}
    {%- if kind in ('DATE', 'TIMESTAMP') -%}
        {{ is_plain_day(name) }} and {{ parse_declared(name) }} is not null
    {%- elif kind in ('INTEGER', 'DOUBLE') -%}
        try_cast({{ name }} as {{ kind }}) between 0 and 1000000
    {%- elif kind in ('FLAG', 'CODE') -%}
        {{ name }} in ('{{ ((column.meta.codes or []) + (column.meta.also_accepted or [])) | join("', '") }}')
    {%- elif kind == 'JSON' -%}
        {{ is_json_document(name) }}
    {%- elif is_id -%}
        {{ is_plain_id(name) }}
        or {{ name }} = upper({{ trimmed(name) }}) and not {{ is_placeholder(name) }}
    {%- else -%}
        not {{ is_placeholder(name) }}
    {%- endif -%}
{%- endmacro %}

{# Condition: a text looks like a date in which day and month could be swapped. #}
{% macro is_ambiguous_date(column) -%}
    {{ matches(trimmed(column), '(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-].*') }}
{%- endmacro %}
