{# Condition: a text of JSON outcome flags has one of `flags` set, whether it is written as
   "NFA": "Y" or "OUTCOME_NFA_FLAG": "Y". False if there is no text. #}
{% macro has_json_flag(column, flags) -%}
    coalesce(
        {{ matches(
            "upper(" ~ column ~ ")",
            '(?s).*"(OUTCOME_)?(' ~ flags | join('|') ~ ')(_FLAG)?" *: *"?(Y|YES|1|TRUE|T)"? *[,}].*'
        ) }},
        false
    )
{%- endmacro %}
