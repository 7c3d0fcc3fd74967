{# The exception list for a month with its reasons, county first.
   dbt show --select exceptions_of_a_month --vars '{exceptions_month: 2017-11-30}' --limit 200 #}
{% set wanted_month = var('exceptions_month', '') %}

with

exceptions as (

    select * from {{ ref('indicator_exceptions') }}

),

areas as (

    select * from {{ ref('areas') }}

),

last_reported as (

    select max(month_end) as month_end from {{ ref('fct_indicator_values') }}

)

select
    areas.area_name,
    exceptions.indicator_ref,
    exceptions.indicator_name,
    exceptions.exception_rules,
    exceptions.exception_reason,
    exceptions.value_m3,
    exceptions.value_m2,
    exceptions.value_m1,
    exceptions.value_m0,
    exceptions.target_text,
    exceptions.direction_of_travel,
    exceptions.is_vital_sign
from exceptions
inner join areas
    on exceptions.area_code = areas.area_code
inner join last_reported
    on
        {% if wanted_month %}
            exceptions.month_end = cast('{{ wanted_month }}' as date)
        {% else %}
            exceptions.month_end = last_reported.month_end
        {% endif %}
order by areas.display_order asc, exceptions.is_vital_sign desc, exceptions.display_order asc
