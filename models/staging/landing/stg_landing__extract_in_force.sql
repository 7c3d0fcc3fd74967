{% set wanted_extract = var('extract_id') %}
{% set wanted_as_at = var('as_at') %}

with

extracts as (

    select * from {{ ref('stg_landing__extracts') }}

),

-- interface section 1: the newest extract at or before the moment asked for
known_by_then as (

    select *
    from extracts
    where
        {% if wanted_extract %}
            extract_id = '{{ wanted_extract | replace("'", "''") }}'
        {% elif wanted_as_at %}
            cast(as_at as date) <= date '{{ wanted_as_at }}'
        {% else %}
            true
        {% endif %}

)

select
    extract_id,
    source_system,
    date_format,
    as_at,
    cast(as_at as date) as as_at_date
from known_by_then
qualify row_number() over (order by as_at desc, loaded_at desc, extract_id desc) = 1
