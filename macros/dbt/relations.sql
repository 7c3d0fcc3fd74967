{# Relations are named by schema and table only. DuckDB stores the text of a view as it was written:
   if it included the database name, the views of a copied or renamed warehouse would not open. #}

{% macro ref() -%}
    {{ return(builtins.ref(*varargs, **kwargs).include(database=false)) }}
{%- endmacro %}

{% macro source() -%}
    {{ return(builtins.source(*varargs).include(database=false)) }}
{%- endmacro %}
