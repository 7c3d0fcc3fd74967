{# In the words of a rule a limit is the name of its parameter in braces, so that they say what the
   rule applied. #}
{% set limits = [
    'assessment_wd', 'icpc_wd', 'rcpc_first_months', 'rcpc_next_months', 'lac_review_first_wd',
    'lac_review_second_months', 'lac_review_next_months', 'pep_first_age', 'care_leaver_max_age',
] %}
{% set words = {'message': 'rules.message', 'todo': 'rules.todo'} %}
{% for limit in limits %}
    {% for column, text in words.items() | list %}
        {% do words.update({column: (
            "replace(" ~ text ~ ", '{" ~ limit ~ "}', "
            ~ "coalesce(cast(cast(parameters." ~ limit ~ " as integer) as varchar), 'the allowed'))"
        )}) %}
    {% endfor %}
{% endfor %}
with

parameters as (select * from {{ ref('int_parameters_by_month') }}),

months as (

    select
        {{ month_end_of('extract_in_force.as_at_date') }} as month_of_extract,
        max(reporting_months.month_end) as last_month
    from {{ ref('stg_landing__extract_in_force') }} as extract_in_force
    left join {{ ref('int_reporting_months') }} as reporting_months
        on extract_in_force.as_at_date >= reporting_months.month_end
    group by {{ month_end_of('extract_in_force.as_at_date') }}

),

rules as (

    select
        catalogue.*,
        -- ASM-06 is indicator 3.4 of the last complete month; the others look at the extract's day
        case catalogue.rule_id
            when 'ASM-06' then months.last_month
            else months.month_of_extract
        end as month_end
    from {{ ref('quality_rules') }} as catalogue
    cross join months

)

select
    rules.rule_id,
    rules.severity,
    rules.treatment,
    rules.shows_value,
    {{ words.message }} as message,
    {{ words.todo }} as todo
from rules
left join parameters
    on rules.month_end = parameters.month_end
