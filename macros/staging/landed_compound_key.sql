{# The id of a landed row whose table has no single id column: its parts, one blank between. A row
   that lacks a part keeps its place under a made id, as in landed_key. #}
{% macro landed_compound_key(parts) -%}
    coalesce(
        {% for part in parts -%}
            cast({{ part }} as varchar){{ " || ' ' || " if not loop.last }}
        {%- endfor %},
        'NO-ID-' || _row_hash
    )
{%- endmacro %}
