{# Runs before dbt builds, runs or tests anything: without an extract every model would fail with
   "relation does not exist", which does not say what to do. Seeds, `compile` and `docs` need none. #}
{% macro refuse_without_extract() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'test', 'retry') -%}
        {%- set log = adapter.get_relation(target.database, 'raw', 'extract_log') -%}
        {%- set found = run_query('select count(*) from raw.extract_log').columns[0][0] if log else 0 -%}
        {%- if not found -%}
            {{ exceptions.raise_compiler_error(
                'no extract has been landed in ' ~ env_var('VITAL_SIGNS_WAREHOUSE', target.path) ~ ': land one first with'
                ~ ' vital-signs land FOLDER, or set VITAL_SIGNS_WAREHOUSE to a file that'
                ~ ' contains one'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
