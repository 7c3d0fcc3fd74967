{# The id of a landed row whose table has no single id column: its parts, joined by a space. A space
   inside any part but the last is doubled, or 'A B' and 'C' would equal 'A' and 'B C'; parts are
   trimmed. A row that lacks a part is kept under a generated id, as in landed_key. #}
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
