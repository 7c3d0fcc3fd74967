{# In the wording of a rule a limit is written as {its parameter}: it shows the limit applied. #}
{% set limits = [
    'assessment_wd', 'icpc_wd', 'rcpc_first_months', 'rcpc_next_months', 'lac_review_first_wd',
    'lac_review_second_months', 'lac_review_next_months', 'pep_first_age', 'care_leaver_max_age',
] %}
{% set words = {'message': 'rules.message', 'todo': 'rules.todo'} %}
{% for column in ['message', 'todo'] %}
    {% for limit in limits %}
        {% set number = "cast(cast(parameters." ~ limit ~ " as integer) as varchar)" %}
        {% do words.update({column: "replace(" ~ words[column] ~ ", '{" ~ limit ~ "}', coalesce("
            ~ number ~ ", 'the allowed'))"}) %}
    {% endfor %}
{% endfor %}
with

parameters as (select * from {{ ref('int_parameters_by_month') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

last_month as (select max(month_end) as month_end from {{ ref('int_reporting_months') }})

select
    rules.rule_id,
    rules.severity,
    rules.treatment,
    rules.shows_value,
    {{ words.message }} as message,
    {{ words.todo }} as todo
from {{ ref('quality_rules') }} as rules
cross join extract_in_force
cross join last_month
left join parameters
    -- ASM-06 is indicator 3.4 of the last complete month; the others use the extract's date
    on case
        when rules.rule_id = 'ASM-06' then last_month.month_end
        else {{ month_end_of('extract_in_force.as_at_date') }}
    end = parameters.month_end
