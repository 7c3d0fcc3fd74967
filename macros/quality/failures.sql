{# How a quality rule becomes rows. Rules are lists of (rule id, landed column, condition); a row of
   `relation` for which the condition holds fails the rule. #}

{# One row per row of `relation` (it has source_row) and rule that it fails. #}
{% macro failed_rules(relation, table_name, rules) -%}
    {%- for rule in rules -%}
        select
            '{{ rule[0] }}' as rule_id,
            '{{ table_name }}' as table_name,
            '{{ rule[1] }}' as column_name,
            {{ relation }}.source_row
        from {{ relation }}
        where {{ rule[2] }}
        {%- if not loop.last %}

        union all

        {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# The contract's entry for a landed table: its columns by name, and its meta. Empty while the
   project is parsed or linted, when there is no graph to read it from. #}
{% macro contract_of(table_name) -%}
    {%- set found = {'columns': {}, 'meta': {'primary_key': [], 'natural_key': []}} -%}
    {%- if execute and graph -%}
        {%- for node in graph.sources.values() if node.source_name == 'ssd' and node.name == table_name -%}
            {%- do found.update({'columns': node.columns, 'meta': node.meta}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The key of a landed row as text, made from the contract's columns for it. #}
{% macro contract_key(contract, key_columns) -%}
    {%- for column in key_columns -%}
        {%- set is_date = contract.columns.get(column, {}).get('data_type') in ('DATE', 'TIMESTAMP') -%}
        {{ "cast(" ~ landed_date(column) ~ " as varchar)" if is_date else landed_code(column) }}
        {{- " || ' ' || " if not loop.last -}}
    {%- endfor -%}
{%- endmacro %}

{# Condition: a landed text is there and is no date in the declared format. A sentinel is a date; a
   year before the oldest of them was written with two digits. #}
{% macro is_unreadable_date(column) -%}
    {{ landed_text(column) }} is not null
    and coalesce({{ parsed_date(column) }} < date '1753-01-01', true)
{%- endmacro %}

{# Condition: a text reads as JSON that is an object or a list. #}
{% macro is_json_document(column) -%}
    {{ return(adapter.dispatch('is_json_document', 'vital_signs')(column)) }}
{%- endmacro %}

{% macro default__is_json_document(column) -%}
    try_parse_json({{ column }}) is not null
{%- endmacro %}

{% macro duckdb__is_json_document(column) -%}
    (json_valid({{ column }}) and left(trim({{ column }}), 1) in ('[', '{'))
{%- endmacro %}

{# Condition: there is plainly nothing wrong with a cell; it saves most cells from being looked at
   rule by rule. #}
{% macro is_plainly_good(column, is_key) -%}
    {%- set name = column.name -%}
    {%- set known = (column.meta.codes or []) + (column.meta.also_accepted or []) -%}
    {%- if column.data_type in ('DATE', 'TIMESTAMP') -%}
        {{ landed_date(name) }} is not null
    {%- elif column.data_type in ('INTEGER', 'DOUBLE') -%}
        try_cast({{ name }} as {{ column.data_type }}) >= 0
    {%- elif known -%}
        {{ name }} in ('{{ known | join("', '") }}')
    {%- elif is_key or column.meta.references -%}
        {{ name }} = {{ landed_code(name) }}
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}

{# The rules that a cell can break for its column's entry in the contract alone, in the order in
   which the first that applies is named: (rule id, condition). Where the catalogue has a rule for
   just this column, the contract names it (meta.rule). #}
{% macro cell_rules(column, is_key) -%}
    {%- set name = column.name -%}
    {%- set meta = column.meta -%}
    {%- set known = (meta.codes or []) + (meta.also_accepted or []) -%}
    {%- set rules = [('GEN-06', landed_text(name) ~ " is null")] -%}
    {%- if column.data_type in ('DATE', 'TIMESTAMP') -%}
        {%- set unreadable = is_unreadable_date(name) -%}
        {%- do rules.append(('GEN-01', landed_date(name) ~ " is null and not (" ~ unreadable ~ ")")) -%}
        {%- if meta.rule or meta.requirement == 'required' -%}
            {%- do rules.append((meta.rule or 'GEN-02', unreadable)) -%}
        {%- else -%}
            {%- do rules.append(('GEN-03', unreadable ~ " and " ~ is_ambiguous_date(name))) -%}
            {%- do rules.append(('GEN-16', unreadable)) -%}
        {%- endif -%}
    {%- elif column.data_type in ('INTEGER', 'DOUBLE') -%}
        {%- do rules.append(
            ('GEN-16', "try_cast(trim(" ~ name ~ ") as " ~ column.data_type ~ ") is null")
        ) -%}
    {%- elif known | map('string') | sort == ['N', 'Y'] -%}
        {%- do rules.append((meta.rule or 'GEN-13', landed_flag(name) ~ " is null")) -%}
    {%- elif known -%}
        {%- do rules.append(
            (meta.rule or 'GEN-07', landed_code(name) ~ " not in ('" ~ known | join("', '") ~ "')")
        ) -%}
    {%- elif name.endswith('_json') -%}
        {%- do rules.append(('GEN-14', "not " ~ is_json_document(name))) -%}
    {%- endif -%}
    {%- if is_key or meta.references -%}
        {%- do rules.append(('GEN-09', name ~ " <> " ~ landed_code(name))) -%}
    {%- endif -%}
    {{ return(rules) }}
{%- endmacro %}

{# Condition: a text is written like a date in which day and month could change places. #}
{% macro is_ambiguous_date(column) -%}
    {{ matches("trim(" ~ column ~ ")", '(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-].*') }}
{%- endmacro %}
