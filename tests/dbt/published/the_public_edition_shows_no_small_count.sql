{# Made only from the cases and what is published, independently of the protection itself, so that
   anything not declared to the protection is found here. #}
{% set months_back = ['value_m0', 'value_m1', 'value_m2', 'value_m3'] %}
{% set years_to_date = ['ytd_value', 'previous_ytd_value'] %}
{# Columns with the figure for a month or year, which is a count where the indicator is one. #}
{% set values = [
    ('published_indicator_values', 'area_code', ['value'] + years_to_date),
    ('published_indicator_summary', 'area_code', months_back + years_to_date),
    ('published_exceptions', 'area_code', months_back),
    (
        'published_report_cards', "'COUNTY'",
        months_back + years_to_date + ['value_12_months_ago', 'weakest_area_value'],
    ),
    ('published_vital_sign_months', 'area_code', ['value']),
    ('published_detail_localities', 'area_code', ['value', 'not_allocated_count']),
    ('published_reconciliation', 'area_code', ['displayed_value']),
] %}
{# Columns that are counts whatever the value is, except sums of days. #}
{% set numerators = [
    ('published_indicator_values', 'area_code', ['numerator', 'ytd_numerator']),
    ('published_detail_localities', 'area_code', ['numerator']),
    ('published_report_cards', "'COUNTY'", ['weakest_area_numerator']),
] %}
{# Columns that are always counts. #}
{% set counts = [
    (
        'published_indicator_values', 'indicator_ref', 'area_code',
        ['denominator', 'ytd_denominator'],
    ),
    ('published_detail_localities', 'indicator_ref', 'area_code', ['denominator']),
    ('published_report_cards', 'indicator_ref', "'COUNTY'", ['weakest_area_denominator']),
    (
        'published_detail_contacts_by_source', 'source_group', "'COUNTY'",
        ['contacts', 'progressed', 'contacts - progressed'],
    ),
    ('published_detail_assessment_outcomes', 'outcome_group', 'area_code', ['assessments']),
    ('published_detail_s47_outcomes', 'outcome_group', 'area_code', ['enquiries']),
    ('published_detail_placement_types', 'placement_group', 'area_code', ['children']),
    ('published_detail_residential_by_age', 'placement_type_code', "'COUNTY'", ['children']),
    ('published_detail_care_leaver_categories', 'category_code', 'area_code', ['people']),
    (
        'published_detail_caseloads', 'team_type_code', 'area_code',
        ['workers', 'children', 'largest_caseload'],
    ),
] %}

with

-- an indicator that is not in the list is assumed to be a count
indicators as (

    select
        indicator_ref,
        unit = 'days' as is_days,
        unit = 'count' or data_note like 'Largest caseload%' as is_count
    from {{ ref('published_indicators') }}

),

numbers as (

    select *
    from {{ ref('published_indicator_values') }}
    where edition = 'public' and coalesce(value, numerator, denominator) is not null

),

months_shown as (

    select distinct
        indicator_ref,
        month_end
    from numbers

),

-- a case may appear in a window of several months more than once
told_apart as (

    select
        cases.indicator_ref,
        cases.month_end,
        cases.area_code,
        cases.case_id,
        bool_or(cases.numerator > 0) as is_met,
        bool_or(cases.denominator > 0) as is_looked_at,
        bool_or(cases.numerator > 0 and cases.denominator > 0) as is_met_of_looked_at
    from {{ ref('fct_indicator_cases') }} as cases
    inner join months_shown
        on
            cases.indicator_ref = months_shown.indicator_ref
            and cases.month_end = months_shown.month_end
    group by cases.indicator_ref, cases.month_end, cases.area_code, cases.case_id

),

cases as (

    select
        indicator_ref,
        month_end,
        coalesce(area_code, 'COUNTY') as area_code,
        count(*) filter (where is_met) as met,
        count(*) filter (where is_looked_at) as looked_at,
        count(*) filter (where is_met_of_looked_at) as met_of_looked_at
    from told_apart
    group by grouping sets (
        (indicator_ref, month_end),
        (indicator_ref, month_end, area_code)
    )

),

-- only 1.6 divides by something its numerator is not part of
shares as (

    select indicator_ref
    from cases
    group by indicator_ref
    having sum(met_of_looked_at) > 0

),

behind_numbers as (

    select
        numbers.*,
        cases.met,
        cases.looked_at,
        cases.looked_at - cases.met_of_looked_at as left_over,
        case when shares.indicator_ref is not null then numbers.ytd_denominator end
        - numbers.ytd_numerator as left_over_to_date,
        coalesce(indicators.is_days, false) as is_days
    from numbers
    left join cases
        on
            numbers.indicator_ref = cases.indicator_ref
            and numbers.month_end = cases.month_end
            and numbers.area_code = cases.area_code
    left join shares
        on numbers.indicator_ref = shares.indicator_ref
    left join indicators
        on numbers.indicator_ref = indicators.indicator_ref

),

counted as (

    {% for what in ['met', 'looked_at', 'left_over', 'left_over_to_date'] %}
        select
            'fct_indicator_cases' as table_name,
            indicator_ref as row_name,
            month_end,
            area_code,
            '{{ what }}' as what,
            {{ what }} as counted
        from behind_numbers
        -- a sum of days is not a count; the cases it is divided by are
        where not is_days or '{{ what }}' = 'looked_at'
        union all
    {% endfor %}
    {% for condition, tables in [
        ('coalesce(indicators.is_count, true)', values),
        ('not coalesce(indicators.is_days, false)', numerators),
    ] %}
        {% for table_name, area, columns in tables %}
            {% for column in columns %}
                select
                    '{{ table_name }}' as table_name,
                    shown.indicator_ref as row_name,
                    shown.month_end,
                    {{ area if area.startswith("'") else 'shown.' ~ area }} as area_code,
                    '{{ column }}' as what,
                    shown.{{ column }} as counted
                from {{ ref(table_name) }} as shown
                left join indicators
                    on shown.indicator_ref = indicators.indicator_ref
                where
                    shown.edition = 'public'
                    and {{ condition }}
                union all
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {% for table_name, row_column, area, columns in counts %}
        {% for column in columns %}
            select
                '{{ table_name }}' as table_name,
                {{ row_column }} as row_name,
                month_end,
                {{ area }} as area_code,
                '{{ column }}' as what,
                {{ column }} as counted
            from {{ ref(table_name) }}
            where edition = 'public'
            {{ "union all" if not loop.last }}
        {% endfor %}
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    table_name,
    row_name,
    month_end,
    area_code,
    what,
    counted
from counted
where counted between 1 and {{ var('small_count_limit') }}
