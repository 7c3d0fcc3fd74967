{# The id of a landed row whose table has no single id column: its parts, one blank between. A blank
   inside a part before the last is doubled, or 'A B' with 'C' would be 'A' with 'B C'; parts have no
   outer blanks. A row that lacks a part keeps its place under a made id, as in landed_key. #}
{% macro landed_compound_key(parts) -%}
    coalesce(
        {% for part in parts -%}
            {{ "replace(" if not loop.last -}}
            cast({{ part }} as varchar)
            {{- ", ' ', '  ') || ' ' || " if not loop.last }}
        {%- endfor %},
        'NO-ID-' || _row_hash
    )
{%- endmacro %}
