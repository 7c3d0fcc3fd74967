{# Descriptions in the database itself (`duckdb_tables().comment`, `duckdb_columns().comment`), for
   everything that this run built. dbt's own persist_docs sends a statement for each column, which
   costs longer than the models; here all are one batch in one transaction after the last model. #}
{% macro comment_on_what_was_built(results) -%}
    {{ return(adapter.dispatch('comment_on_what_was_built')(results)) }}
{%- endmacro %}

{# Another database comments through persist_docs. #}
{% macro default__comment_on_what_was_built(results) -%}{%- endmacro %}

{% macro duckdb__comment_on_what_was_built(results) -%}
    {%- set lines = [] -%}
    {%- for result in results if result.status == 'success' and result.node.resource_type in ('model', 'seed') -%}
        {%- set node = result.node -%}
        {%- set kind = 'view' if node.config.materialized == 'view' else 'table' -%}
        {%- set name = node.schema ~ '.' ~ node.alias -%}
        {%- do lines.append('comment on ' ~ kind ~ ' ' ~ name ~ ' is ' ~ quoted_text(node.description)) -%}
        {%- for column in node.columns.values() -%}
            {%- do lines.append('comment on column ' ~ name ~ '."' ~ column.name ~ '" is ' ~ quoted_text(column.description)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if lines -%}
        begin; {{ lines | join('; ') }}; commit
    {%- endif -%}
{%- endmacro %}

{% macro quoted_text(text) -%}
    '{{ text | trim | replace("'", "''") }}'
{%- endmacro %}
