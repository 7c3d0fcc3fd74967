{# How a landed text becomes a value. Raw columns are text as the source wrote it; only the macros
   in this folder define what it means. #}

{# Text without surrounding white space; blank and placeholder texts (rule GEN-06) are null. `codes`
   are words that are codes for this column and not placeholders. #}
{% macro landed_text(column, codes=[]) -%}
    case
        {%- if codes %}
        when upper({{ trimmed(column) }}) in ('{{ codes | join("', '") }}') then {{ trimmed(column) }}
        {%- endif %}
        when {{ is_placeholder(column) }} then null
        else {{ trimmed(column) }}
    end
{%- endmacro %}

{# A code: text in upper case, so that ' ab17' and 'AB17' are the same. #}
{% macro landed_code(column, codes=[]) -%}
    case
        when {{ is_plain_id(column) }} then {{ column }}
        else upper({{ landed_text(column, codes) }})
    end
{%- endmacro %}

{# An id of a landed row (columns as landed): a code, without `.0` where every id of its column is a
   whole number (G70, rule GEN-17). Those columns are listed in decimal_id_columns. #}
{% macro landed_id(column) -%}
    case
        when position('|{{ column.split(".") | last }}|' in decimal_id_columns) > 0
            then {{ without(landed_code(column), '\\.0$') }}
        else {{ landed_code(column) }}
    end
{%- endmacro %}

{# A yes/no flag; anything but the known spellings is null (rule GEN-13). #}
{% macro landed_flag(column) -%}
    case
        when upper({{ trimmed(column) }}) in ('Y', 'YES', '1', 'TRUE', 'T') then true
        when upper({{ trimmed(column) }}) in ('N', 'NO', '0', 'FALSE', 'F') then false
    end
{%- endmacro %}

{# A whole number; a placeholder or a text that is not one is null. #}
{% macro landed_integer(column) -%}
    try_cast({{ landed_text(column) }} as integer)
{%- endmacro %}

{# A number, or null. NaN is a placeholder. #}
{% macro landed_number(column) -%}
    try_cast({{ landed_text(column) }} as double)
{%- endmacro %}

{# The rows of one landed table that belong to the extract in force, with what its extract says
   about them: the date format, and the id columns that have a decimal. #}
{% macro rows_in_force(landed_table, extract_in_force) -%}
    select
        landed.*,
        extract_in_force.date_format,
        extract_in_force.decimal_id_columns
    from {{ landed_table }} as landed
    inner join {{ extract_in_force }} as extract_in_force
        on landed._extract_id = extract_in_force.extract_id
{%- endmacro %}

{# The id of a landed row (columns as landed). A row without one is kept under a generated id:
   identical rows are one row. #}
{% macro landed_key(column) -%}
    coalesce({{ landed_id(column) }}, 'NO-ID-' || _row_hash)
{%- endmacro %}

{# The rows of a staging model, one per id, with two columns more where they apply. G20: ids decide
   identity. Exact duplicates are dropped; of rows with the same id and different content the one
   with the smallest content hash is kept, whatever the order of the file.
   person_id     recorded_person_id followed through merged records, given stg_ssd__people_merged
   unusable_for  the first rule of unusable_rows that the row breaks, and the landed column #}
{% macro one_row_per_key(cte, key, unusable=none, people_merged=none) -%}
    select
        {{ cte }}.*
        {%- if people_merged %},
        coalesce(people_merged.surviving_person_id, {{ cte }}.recorded_person_id) as person_id
        {%- endif %}
        {%- if unusable %},
        case
            {%- for rule in unusable_rows()[unusable] %}
            when {{ rule[2] }} then '{{ rule[0] }} {{ rule[1] }}'
            {%- endfor %}
        end as unusable_for
        {%- endif %}
    from {{ cte }}
    {%- if people_merged %}
    left join {{ people_merged }} as people_merged
        on {{ cte }}.recorded_person_id = people_merged.person_id
    {%- endif %}
    qualify
        row_number() over (
            partition by {{ cte }}.{{ key }}
            order by {{ cte }}.row_hash, {{ cte }}.source_row
        ) = 1
{%- endmacro %}
