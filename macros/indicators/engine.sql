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

{# The measures of a case population, from the columns that its YAML describes: when the SQL is
   compiled the population may not be built yet. #}
{% macro measures_of(population) -%}
    {{ return(columns_after('measure_', population)) }}
{%- endmacro %}

{# Those whose deciding date has a column of its own, decided_on_<measure>. #}
{% macro measures_decided_apart(population) -%}
    {{ return(columns_after('decided_on_', population)) }}
{%- endmacro %}

{# While dbt parses or the linter reads there is one stand-in, so that the SQL is whole. #}
{% macro columns_after(prefix, population) -%}
    {%- set found = [] if execute else ['value'] -%}
    {%- if execute -%}
        {%- set node = graph.nodes['model.vital_signs.int_cases__' ~ population] -%}
        {%- for column in node.columns if column.startswith(prefix) -%}
            {%- do found.append(column | replace(prefix, '', 1)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The column of a measure, of several that begin alike. Chosen by name instead of unpivoting: a
   wide row is read once, and a question about one measure reads no other. #}
{% macro column_of_measure(measure, prefix, measures, otherwise='null') -%}
    case {{ measure }}
        when '' then {{ otherwise }}
        {%- for name in measures %}
        when '{{ name }}' then {{ prefix ~ name }}
        {%- endfor %}
        else {{ otherwise }}
    end
{%- endmacro %}

{# Whether a measure is one of a population's. #}
{% macro is_measure_of(measure, measures) -%}
    {{ measure }} in ('{{ measures | join("', '") }}')
{%- endmacro %}

{# The names of measures as rows, to be joined: what a wide row is unpivoted with. #}
{% macro rows_of_measures(measures) -%}
    (values ('{{ measures | join("'), ('") }}')) as measures (measure)
{%- endmacro %}

{# Section 10: the place of a case on its day, from int_case_places as `places`: that of its own
   team, otherwise that of its child. #}
{% macro is_place_of(cases) -%}
    ({{ cases }}.team_id is not null) = places.is_team
    and coalesce({{ cases }}.team_id, {{ cases }}.person_id) = places.owner_id
    and {{ cases }}.attribution_date >= places.valid_from
    and {{ cases }}.attribution_date < places.valid_to
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
