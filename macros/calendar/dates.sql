{# Date arithmetic of the specification. Every result is a date, never a timestamp. #}

{# AM(a, n) of section 5: the same day n months later, clamped to the end of a shorter month. #}
{% macro add_months(date_expression, months) -%}
    cast({{ dbt.dateadd('month', months, date_expression) }} as date)
{%- endmacro %}

{# The day n days later. #}
{% macro add_days(date_expression, days) -%}
    cast({{ dbt.dateadd('day', days, date_expression) }} as date)
{%- endmacro %}

{# Calendar days from the first date to the second. #}
{% macro days_between(first_date, second_date) -%}
    {{ dbt.datediff(first_date, second_date, 'day') }}
{%- endmacro %}

{# Last day of the month of a date. #}
{% macro month_end_of(date_expression) -%}
    cast({{ dbt.last_day(date_expression, 'month') }} as date)
{%- endmacro %}

{# First day of the month of a date. #}
{% macro month_start_of(date_expression) -%}
    cast({{ dbt.date_trunc('month', date_expression) }} as date)
{%- endmacro %}

{# First day of the financial year (1 April) of a date, section 3. #}
{% macro financial_year_start_of(date_expression) -%}
    {{ add_months(
        "cast(" ~ dbt.date_trunc('year', add_months(date_expression, -3)) ~ " as date)", 3
    ) }}
{%- endmacro %}

{# Section 6: completed years of age. A child born on 29 February turns n on 1 March in a common
   year, because the comparison is of month and day. #}
{% macro age_in_years(birth_date, on_date) -%}
    (
        extract(year from {{ on_date }}) - extract(year from {{ birth_date }})
        - case
            when
                extract(month from {{ on_date }}) * 100 + extract(day from {{ on_date }})
                < extract(month from {{ birth_date }}) * 100 + extract(day from {{ birth_date }})
                then 1
            else 0
        end
    )
{%- endmacro %}

{# The nth birthday, with the same rule for 29 February. #}
{% macro birthday(birth_date, years) -%}
    case
        when
            extract(day from {{ add_months(birth_date, years * 12) }})
            = extract(day from {{ birth_date }})
            then {{ add_months(birth_date, years * 12) }}
        else {{ add_days(add_months(birth_date, years * 12), 1) }}
    end
{%- endmacro %}

{# A child at the end of a day: not yet 18, unborn, or of unknown age (G24). From the 18th birthday
   a person is not a child, whatever is still open. #}
{% macro is_child_at(person, on_date) -%}
    coalesce({{ person }}.eighteenth_birthday, date '9999-12-31') > {{ on_date }}
{%- endmacro %}

{# T6: thirteen weeks in care since 14, some of it since 16; for a row of
   int_care_qualified_at_month_end. #}
{% macro has_qualifying_days(days_in_care) -%}
    {{ days_in_care }}.days_in_care_from_14 >= 91
    and {{ days_in_care }}.days_in_care_from_16 >= 1
{%- endmacro %}

{# Section 2: open at the end of a day; the interval is half-open. G21: a row that ends on its start
   is never open. The comparisons avoid `or`: in an outer join DuckDB can hash only such
   comparisons, and otherwise compares every row with every row. #}
{% macro is_open_at(start_date, end_date, on_date) -%}
    {{ start_date }} <= {{ on_date }}
    and coalesce({{ end_date }}, date '9999-12-31') > {{ on_date }}
{%- endmacro %}

{# Sections 2 and G21: open at some time between two days, inclusive. #}
{% macro is_open_during(start_date, end_date, from_date, to_date) -%}
    {{ start_date }} <= {{ to_date }}
    and coalesce({{ end_date }}, date '9999-12-31') > {{ from_date }}
    and coalesce({{ end_date }}, date '9999-12-31') > {{ start_date }}
{%- endmacro %}

{# A dated row of reference data (valid_from, valid_to; empty means no start or no end) is in force
   on a day. #}
{% macro holds_on(dated_rows, on_date) -%}
    coalesce({{ dated_rows }}.valid_from, date '0001-01-01') <= {{ on_date }}
    and coalesce({{ dated_rows }}.valid_to, date '9999-12-31') > {{ on_date }}
{%- endmacro %}

{# WD(a, b) of section 4 from two rows of the calendar; null where the second day is earlier. #}
{% macro working_days_between(first_calendar, second_calendar) -%}
    case
        when {{ second_calendar }}.calendar_date >= {{ first_calendar }}.calendar_date
            then {{ second_calendar }}.working_day_number - {{ first_calendar }}.working_day_number
    end
{%- endmacro %}

{# Every day from the first to the last, one row each (column calendar_date). #}
{% macro days_from_to(first_date, last_date) -%}
    {{ return(adapter.dispatch('days_from_to', 'vital_signs')(first_date, last_date)) }}
{%- endmacro %}

{% macro default__days_from_to(first_date, last_date) -%}
    select explode(sequence({{ first_date }}, {{ last_date }}, interval 1 day)) as calendar_date
{%- endmacro %}

{% macro duckdb__days_from_to(first_date, last_date) -%}
    select cast(days.day_at as date) as calendar_date
    from generate_series({{ first_date }}, {{ last_date }}, interval 1 day) as days (day_at)
{%- endmacro %}

{# The latest event of a key on or before a date: one row per key and date that has one, with the
   columns <key>, <moment_date>, latest_date. Both arguments are names of CTEs or relations. #}
{% macro latest_on_or_before(moments, moment_date, events, event_date, key='person_id') -%}
    {{ return(adapter.dispatch('latest_on_or_before', 'vital_signs')(
        moments, moment_date, events, event_date, key
    )) }}
{%- endmacro %}

{% macro default__latest_on_or_before(moments, moment_date, events, event_date, key) -%}
    select
        moments.{{ key }},
        moments.{{ moment_date }},
        max(events.{{ event_date }}) as latest_date
    from {{ moments }} as moments
    inner join {{ events }} as events
        on
            moments.{{ key }} = events.{{ key }}
            and moments.{{ moment_date }} >= events.{{ event_date }}
    group by moments.{{ key }}, moments.{{ moment_date }}
{%- endmacro %}

{% macro duckdb__latest_on_or_before(moments, moment_date, events, event_date, key) -%}
    select
        moments.{{ key }},
        moments.{{ moment_date }},
        events.{{ event_date }} as latest_date
    from (select distinct {{ key }}, {{ moment_date }} from {{ moments }}) as moments
    asof inner join {{ events }} as events
        on
            moments.{{ key }} = events.{{ key }}
            and moments.{{ moment_date }} >= events.{{ event_date }}
{%- endmacro %}
