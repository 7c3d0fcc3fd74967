{# How a landed text becomes a day. Most texts consist only of a day: those are parsed as they are,
   and only the rest are split into parts. #}

{# The days that case systems, databases and spreadsheets write where there is no date (GEN-01,
   G70), as a list of texts in one of the two orders. #}
{% macro sentinel_days(date_format='YMD') -%}
    {%- for year, month, day in [
        ('1753', '01', '01'), ('1899', '12', '30'), ('1899', '12', '31'), ('1900', '01', '01'),
        ('1904', '01', '01'), ('2300', '01', '01'), ('9999', '12', '31'),
    ] -%}
        '{{ [day, month, year] | join("/") if date_format == "DMY" else [year, month, day] | join("-") }}'
        {{- ", " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# A date in the format that the extract declares (column date_format of the source CTE); the time
   of day is dropped. Sentinels are null, and so is everything before the oldest of them: a year
   written with two digits would be read as that early, which is GEN-02. #}
{% macro landed_date(column) -%}
    case
        when {{ is_plain_day(column) }} then {{ parse_declared(column) }}
        else {{ unless_sentinel(day_taken_apart(column)) }}
    end
{%- endmacro %}

{# A date, or null where it is a sentinel or before the oldest of them. The expression is long, and
   planning it several times per column would cost more than reading the dates. #}
{% macro unless_sentinel(date_expression) -%}
    {{ return(adapter.dispatch('unless_sentinel', 'vital_signs')(date_expression)) }}
{%- endmacro %}

{% macro default__unless_sentinel(date_expression) -%}
    filter(
        array({{ date_expression }}), day -> day >= date '1753-01-01'
        and day not in ({{ sentinel_days() }})
    )[0]
{%- endmacro %}

{% macro duckdb__unless_sentinel(date_expression) -%}
    list_filter(
        [{{ date_expression }}],
        lambda day: day >= date '1753-01-01' and day not in ({{ sentinel_days() }})
    )[1]
{%- endmacro %}

{# A landed text as a date in the format that the extract declares, including sentinels; null where
   it is not one. #}
{% macro parsed_date(column) -%}
    case
        when {{ is_plain_day(column) }} then {{ parse_declared(column) }}
        else {{ day_taken_apart(column) }}
    end
{%- endmacro %}

{# Condition: a text has the length of a day, with a year between the sentinels. #}
{% macro is_plain_day(column) -%}
    length({{ column }}) = 10
    and case date_format
        when 'DMY' then substr({{ column }}, 7)
        else left({{ column }}, 4)
    end between '1905' and '2299'
{%- endmacro %}

{# A text that consists only of a day as a date in the declared format; null where it is not one. #}
{% macro parse_declared(text) -%}
    case date_format
        when 'DMY' then {{ parse_date(text, 'DMY') }}
        else {{ parse_date(text, 'YMD') }}
    end
{%- endmacro %}

{# Any landed text as a date. The spreadsheet day that is in no calendar is read as the day before
   it, which is also a sentinel. A sentinel is not an instant, whatever offset follows it, and neither
   is a day without a time: xs:date may have an offset. #}
{% macro day_taken_apart(column) -%}
    {%- set day_text = without(
        column,
        '(?s)^[' ~ white_space() ~ ']+|[Tt' ~ white_space() ~ '].*$|([Zz]|[+-][0-9]{2}:[0-9]{2})$'
    ) -%}
    case
        when {{ day_text }} in ('1900-01-00', '00/01/1900')
            then case
                when (position('/' in {{ column }}) > 0) = (date_format = 'DMY')
                    then date '1899-12-31'
            end
        when
            {{ matches(column, instant_pattern()) }}
            and (position('/' in {{ column }}) > 0) = (date_format = 'DMY')
            and {{ day_text }} not in ({{ sentinel_days() }}, {{ sentinel_days('DMY') }})
            then {{ local_day_of_instant(column, instant_pattern()) }}
        else {{ parse_declared(day_text) }}
    end
{%- endmacro %}

{# A time with an offset (G69). Its groups are the day, the hour, the minute, and the hours and
   minutes of the offset, which are missing where it is given as a word. Colons may be missing, and
   the name of a zone may follow the offset in brackets. #}
{% macro instant_pattern() -%}
    {%- set white = '[' ~ white_space() ~ ']*' -%}
    (?i){{ white }}([0-9/-]+)[T{{ white_space() }}]+([0-9]{1,2}):?([0-9]{2})(?::?[0-9]{2}(?:[.,][0-9]+)?)?{{ white }}(?:(?:utc|gmt)?([+-][0-9]{2})(?::?([0-9]{2}))?(?::?[0-9]{2})?|z|utc|gmt)(?:\[[^\]]*\])?{{ white }}
{%- endmacro %}

{# The day of an instant in UK local time; null where it is not one. It does not depend on the
   session's time zone. `pattern` is instant_pattern(). #}
{% macro local_day_of_instant(column, pattern) -%}
    {{ return(adapter.dispatch('local_day_of_instant', 'vital_signs')(column, pattern)) }}
{%- endmacro %}

{% macro default__local_day_of_instant(column, pattern) -%}
    {%- set utc = "to_utc_timestamp(regexp_replace(" ~ column ~ ", '" ~ pattern ~ "', '$1 $2:$3'),"
        ~ " coalesce(nullif(regexp_replace(" ~ column ~ ", '" ~ pattern ~ "', '$4:$5'), ':'), 'UTC'))" -%}
    to_date(from_utc_timestamp({{ utc }}, 'Europe/London'))
{%- endmacro %}

{# The offset is subtracted here: given a list of formats that includes an offset, DuckDB returns a
   different instant in some session time zones. #}
{% macro duckdb__local_day_of_instant(column, pattern) -%}
    {%- set text = "regexp_replace(" ~ column ~ ", '" ~ pattern ~ "', '\\1 \\2:\\3')" -%}
    {%- set offset = "regexp_replace(" ~ column ~ ", '" ~ pattern ~ "', '\\4\\5')" -%}
    cast(timezone('Europe/London', timezone(
        'UTC',
        try_strptime({{ text }}, ['%Y-%m-%d %H:%M', '%d/%m/%Y %H:%M']) - to_minutes(
            coalesce(60 * try_cast(left({{ offset }}, 3) as integer), 0)
            + coalesce(try_cast(left({{ offset }}, 1) || substr({{ offset }}, 4) as integer), 0)
        )
    )) as date)
{%- endmacro %}

{# A text as a date in a declared order of year, month and day; null where it is not one. #}
{% macro parse_date(expression, date_format) -%}
    {{ return(adapter.dispatch('parse_date', 'vital_signs')(expression, date_format)) }}
{%- endmacro %}

{% macro default__parse_date(expression, date_format) -%}
    try_to_date({{ expression }}, '{{ "dd/MM/yyyy" if date_format == "DMY" else "yyyy-MM-dd" }}')
{%- endmacro %}

{% macro duckdb__parse_date(expression, date_format) -%}
    cast(try_strptime({{ expression }}, '{{ "%d/%m/%Y" if date_format == "DMY" else "%Y-%m-%d" }}') as date)
{%- endmacro %}
