{# A table is built in one statement, in place: dbt-duckdb's own way (build under another name,
   rename the old one away, rename the new one, drop the old one) took longer than most of the SQL.
   `create or replace` is as safe: it is one transaction, and a build works on a copy of the file. #}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set has_contract = config.get('contract').enforced -%}
    {%- if existing is not none and not existing.is_table -%}
        {%- do drop_relation_if_exists(existing) -%}
    {%- endif -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {% if has_contract -%}
            {{ get_assert_columns_equivalent(compiled_code) }}
            create or replace table {{ target_relation }}
            {{ get_table_columns_and_constraints() }};
            insert into {{ target_relation }} {{ get_column_names() }} (
                {{ get_select_subquery(compiled_code) }}
            )
        {%- else -%}
            create or replace table {{ target_relation }} as (
                {{ compiled_code }}
            )
        {%- endif %}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
