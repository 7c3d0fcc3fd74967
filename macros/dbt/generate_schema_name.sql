{# The interface promises plain schema names (`indicators`, `quality`, `published`), so a folder's
   schema is used without the target's name as a prefix. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
