{# The case populations: each is a model int_cases__<population>. A new population is a model of
   that name and a line here; `ref` calls stay in the models that use the list. #}
{% macro case_populations() -%}
    {{ return([
        'early_help_requests',
        'early_help_cases_opened',
        'early_help_cases_closed',
        'early_help_cases_active',
        'children_in_early_help',
        's47_started',
        'contacts',
        'referrals',
        'children_with_contacts',
        'assessments_authorised',
        'assessments_open',
        's47_completed',
        'children_in_need',
        'children_in_need_or_on_cp_plan',
        'cp_plans_open',
        'initial_conferences',
        'cp_plan_starts',
        'cp_plan_ends',
        'review_conferences',
        'looked_after_children',
        'looked_after_health',
        'looked_after_plans',
        'looked_after_visits',
        'looked_after_stability',
        'lac_starts',
        'lac_ends',
        'initial_health_assessments',
        'lac_reviews_held',
        'care_leavers',
        'adoptions',
        'caseloads',
        'children_allocated',
        'carer_households',
    ]) }}
{%- endmacro %}

{# The measure_* columns of a case population as rows. A null measure is outside its denominator
   and gives no row. Each row brings the date that decided it: the column decided_on_<measure> where
   the population has one, else decided_on. #}
{% macro unpivot_measures(relation, population) -%}
    {{ return(adapter.dispatch('unpivot_measures', 'vital_signs')(
        relation, measures_decided_apart(population)
    )) }}
{%- endmacro %}

{# Taken from the columns described in the YAML, because the population may not be built yet when
   the SQL is compiled. #}
{% macro measures_decided_apart(population) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- set node = graph.nodes['model.vital_signs.int_cases__' ~ population] -%}
        {%- for column in node.columns if column.startswith('decided_on_') -%}
            {%- do found.append(column | replace('decided_on_', '', 1)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{% macro default__unpivot_measures(relation, decided_apart) -%}
    {%- for column in adapter.get_columns_in_relation(relation)
        if column.name.lower().startswith('measure_') %}
        {%- set measure = column.name.lower() | replace('measure_', '', 1) %}
        select
            '{{ measure }}' as measure,
            case_id,
            person_id,
            team_id,
            worker_id,
            source_table,
            source_row_key,
            attribution_date,
            month_end,
            {{ column.name }} as measure_value,
            decided_on{{ '_' ~ measure if measure in decided_apart }} as decided_on
        from {{ relation }}
        where {{ column.name }} is not null
        {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro duckdb__unpivot_measures(relation, decided_apart) -%}
    select
        substr(measure_column, 9) as measure,
        case_id,
        person_id,
        team_id,
        worker_id,
        source_table,
        source_row_key,
        attribution_date,
        month_end,
        measure_value,
        {%- if decided_apart %}
        case measure_column
            {%- for measure in decided_apart %}
            when 'measure_{{ measure }}' then decided_on_{{ measure }}
            {%- endfor %}
            else decided_on
        end as decided_on
        {%- else %}
        decided_on
        {%- endif %}
    from (
        unpivot (from {{ relation }}) on columns('^measure_')
        into name measure_column value measure_value
    )
{%- endmacro %}

{# Section 15: green, then red, then amber; null unless both limits and the polarity are set. #}
{% macro rag_status(value, red_limit, green_limit, polarity) -%}
    case
        when {{ value }} is null or {{ red_limit }} is null or {{ green_limit }} is null then null
        when {{ polarity }} = 'high' then
            case
                when {{ value }} >= {{ green_limit }} then 'green'
                when {{ value }} < {{ red_limit }} then 'red'
                else 'amber'
            end
        when {{ polarity }} = 'low' then
            case
                when {{ value }} <= {{ green_limit }} then 'green'
                when {{ value }} > {{ red_limit }} then 'red'
                else 'amber'
            end
    end
{%- endmacro %}

{# Section 14: which way the figure moved, without judging it. #}
{% macro raw_direction(value, previous_value) -%}
    case
        when {{ value }} > {{ previous_value }} then 'up'
        when {{ value }} < {{ previous_value }} then 'down'
        when {{ value }} = {{ previous_value }} then 'same'
    end
{%- endmacro %}

{# Section 14: better or worse by polarity, on unrounded values; null for Info. #}
{% macro direction_of_travel(value, previous_value, polarity) -%}
    case
        when {{ polarity }} = 'info' then null
        when {{ value }} = {{ previous_value }} then 'same'
        when ({{ value }} > {{ previous_value }}) = ({{ polarity }} = 'high') then 'improved'
        when {{ value }} <> {{ previous_value }} then 'worsened'
    end
{%- endmacro %}

{# Section 12: a percentage or rate rounded half up for display, in whole numbers where they are
   known: floor((2 x scale x numerator x multiplier + denominator) / (2 x denominator)) / scale. #}
{% macro displayed_ratio(numerator, denominator, multiplier, decimal_places) -%}
    floor(
        (2 * power(10, {{ decimal_places }}) * {{ multiplier }} * {{ numerator }} + {{ denominator }})
        / nullif(2 * {{ denominator }}, 0)
    ) / power(10, {{ decimal_places }})
{%- endmacro %}
