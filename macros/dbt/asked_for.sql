{# The extract, day or first month wanted: dbt's variable of that name, else the environment variable
   that `vital-signs build` sets. After a change of `--vars` dbt reads the whole project again; after
   a change of an environment variable only the models that ask for it. #}
{% macro asked_for(name) -%}
    {{ return(var(name) or env_var('VITAL_SIGNS_' ~ name | upper, '')) }}
{%- endmacro %}
