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

{# Condition: a cell of the row is not obviously valid. It saves checking most rows rule by rule, so
   it must be cheap: it may be true for a valid row, but never false for one that breaks a rule. Ids
   and dates are compared with one pattern for all columns of the row. #}
{% macro is_row_in_doubt(contract, columns) -%}
    {%- set ids, days, conditions = [], [], [] -%}
    {%- for column in columns -%}
        {%- set kind = kind_of_cells(column) -%}
        {%- if kind in ('DATE', 'TIMESTAMP') -%}
            {%- do days.append(column.name) -%}
        {%- elif kind == 'TEXT' and is_id_column(contract, column) -%}
            {%- do ids.append(column.name) -%}
        {%- else -%}
            {%- do conditions.append(is_cell_in_doubt(column)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if ids -%}
        {%- do conditions.append("not " ~ all_match(ids, plain_id_pattern())) -%}
    {%- endif -%}
    {%- if days -%}
        {%- do conditions.append(
            "not case date_format when 'DMY' then " ~ all_match(days, plain_day_pattern('DMY'))
            ~ " else " ~ all_match(days, plain_day_pattern('YMD')) ~ " end"
        ) -%}
    {%- endif -%}
    {{ conditions | join(' or ') or 'false' }}
{%- endmacro %}

{# Condition: a cell that is neither an id nor a date is not obviously valid. #}
{% macro is_cell_in_doubt(column) -%}
    {%- set name = column.name -%}
    {%- set kind = kind_of_cells(column) -%}
    {%- set known = (column.meta.codes or []) + (column.meta.also_accepted or []) -%}
    {%- if kind in ('INTEGER', 'DOUBLE') -%}
        {{ name }} is not null
        and coalesce(try_cast({{ name }} as {{ kind }}) not between 0 and 1000000, true)
    {%- elif kind in ('FLAG', 'CODE') -%}
        {{ name }} not in ('{{ known | join("', '") }}')
    {%- elif kind == 'JSON' -%}
        not {{ is_json_document(name) }}
    {%- else -%}
        {{ is_placeholder(name) }}
    {%- endif -%}
{%- endmacro %}

{# Condition: each of the columns either is null or matches a pattern in full. #}
{% macro all_match(columns, pattern) -%}
    {{ matches("concat_ws(chr(31), " ~ columns | join(', ') ~ ", '')", '(?:(?:' ~ pattern ~ ')\\x1F)*') }}
{%- endmacro %}

{# Ids in capitals, with nothing around them and with a digit, as no placeholder has after its first
   character. #}
{% macro plain_id_pattern() -%}
    {{ return('(?:[0-9]|[A-Z][0-9A-Z_./:-]*[0-9])[0-9A-Z_./:-]*') }}
{%- endmacro %}

{# Days that are in the calendar and no sentinels; 29 February, which is not always a day, is left
   out. #}
{% macro plain_day_pattern(date_format) -%}
    {%- set year = '(?:19(?:0[5-9]|[1-9][0-9])|2[0-2][0-9]{2})' -%}
    {%- set months = [
        ('(?:0[1-9]|1[0-2])', '(?:0[1-9]|1[0-9]|2[0-8])'),
        ('(?:0[13-9]|1[0-2])', '(?:29|30)'),
        ('(?:0[13578]|1[02])', '31'),
    ] -%}
    {%- set days = [] -%}
    {%- for month, day in months -%}
        {%- do days.append(day ~ '/' ~ month if date_format == 'DMY' else month ~ '-' ~ day) -%}
    {%- endfor -%}
    {%- set day_of_year = '(?:' ~ days | join('|') ~ ')' -%}
    {{ return(day_of_year ~ '/' ~ year if date_format == 'DMY' else year ~ '-' ~ day_of_year) }}
{%- endmacro %}

{# Condition: a text looks like a date in which day and month could be swapped. #}
{% macro is_ambiguous_date(column) -%}
    {{ matches(trimmed(column), '(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-].*') }}
{%- endmacro %}
