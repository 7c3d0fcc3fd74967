{# How a landed text becomes a value. Raw columns are text as the source wrote it; these
   macros are the only place that says what it means. #}

{# The texts, in upper case, that stand for no value (rule GEN-06). #}
{% macro placeholders() -%}
    ('', 'SSD_PH', 'PLACEHOLDER_DATA', '-1', 'N/A', '#N/A')
{%- endmacro %}

{# Text without outer blanks; blank and placeholder texts (rule GEN-06) are null. #}
{% macro landed_text(column) -%}
    case
        when upper(trim({{ column }})) in {{ placeholders() }} then null
        else trim({{ column }})
    end
{%- endmacro %}

{# An id or a code: as text, in upper case, so that ' ab17' and 'AB17' are one. #}
{% macro landed_code(column) -%}
    upper({{ landed_text(column) }})
{%- endmacro %}

{# A yes/no flag; anything but the known spellings is null (rule GEN-13). #}
{% macro landed_flag(column) -%}
    case
        when upper(trim({{ column }})) in ('Y', 'YES', '1', 'TRUE', 'T') then true
        when upper(trim({{ column }})) in ('N', 'NO', '0', 'FALSE', 'F') then false
    end
{%- endmacro %}

{# A whole number; a text that is none is null. #}
{% macro landed_integer(column) -%}
    try_cast(trim({{ column }}) as integer)
{%- endmacro %}

{# A date in the format that the extract declares (column date_format of the source CTE); the time
   of day is cut off. Sentinel dates (rule GEN-01) are null, and so is everything before the oldest
   of them: a year written with two digits would land there, which is GEN-02. #}
{% macro landed_date(column) -%}
    {%- set parsed = parsed_date(column) -%}
    case
        when {{ parsed }} <= date '1753-01-01' then null
        when {{ parsed }} in (date '1900-01-01', date '2300-01-01', date '9999-12-31') then null
        else {{ parsed }}
    end
{%- endmacro %}

{# A landed text to a date in the format that the extract declares, sentinels among them; null where it
   is none. Most dates are ten signs without a time of day: those are not taken apart first. #}
{% macro parsed_date(column) -%}
    {%- set day_text -%}
        case
            when length({{ column }}) = 10 and position(' ' in {{ column }}) = 0 then {{ column }}
            else split_part(split_part(trim({{ column }}), ' ', 1), 'T', 1)
        end
    {%- endset -%}
    case date_format
        when 'DMY' then {{ parse_date(day_text, 'DMY') }}
        else {{ parse_date(day_text, 'YMD') }}
    end
{%- endmacro %}

{# A text to a date by a declared order of year, month and day; null where it is none. #}
{% macro parse_date(expression, date_format) -%}
    {{ return(adapter.dispatch('parse_date', 'vital_signs')(expression, date_format)) }}
{%- endmacro %}

{% macro default__parse_date(expression, date_format) -%}
    try_to_date({{ expression }}, '{{ "dd/MM/yyyy" if date_format == "DMY" else "yyyy-MM-dd" }}')
{%- endmacro %}

{% macro duckdb__parse_date(expression, date_format) -%}
    cast(try_strptime({{ expression }}, '{{ "%d/%m/%Y" if date_format == "DMY" else "%Y-%m-%d" }}') as date)
{%- endmacro %}

{# The rows of one landed table that belong to the extract in force, with its date format. #}
{% macro rows_in_force(landed_table, extract_in_force) -%}
    select
        landed.*,
        extract_in_force.date_format
    from {{ landed_table }} as landed
    inner join {{ extract_in_force }} as extract_in_force
        on landed._extract_id = extract_in_force.extract_id
{%- endmacro %}

{# The id of a landed row (columns as landed). A row without one keeps its place under a made id:
   rows that say the same are one row. #}
{% macro landed_key(column) -%}
    coalesce({{ landed_code(column) }}, 'NO-ID-' || _row_hash)
{%- endmacro %}

{# G20: ids decide identity. Exact duplicates collapse; of rows with one id and different content
   the one with the smallest content hash stays, whatever the order of the file. #}
{% macro one_row_per_key(cte, key_columns) -%}
    select *
    from {{ cte }}
    qualify
        row_number() over (
            partition by {{ key_columns | join(', ') }}
            order by row_hash, source_row
        ) = 1
{%- endmacro %}
