{# The interface promises the schema names `indicators`, `quality`, `published` and so on, so a
   folder's schema is used without the target's name in front. Steps towards other models are in a
   schema of their own, whichever folder they stand in. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if node.resource_type == 'model' and node.name.startswith('int_') -%}
        intermediate
    {%- else -%}
        {{ (custom_schema_name or target.schema) | trim }}
    {%- endif -%}
{%- endmacro %}
