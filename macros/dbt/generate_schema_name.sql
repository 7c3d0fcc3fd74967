{# The interface promises the schema names `indicators`, `quality`, `published` and so on, so a
   folder's schema is used without the target's name in front. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
