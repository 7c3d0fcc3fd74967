{% set pooled_columns = [
    'sex_code', 'ethnicity_code', 'birth_date', 'expected_birth_date', 'death_date'
] %}

with

people as (

    {{ with_surviving_person(ref('stg_ssd__people'), ref('int_people_merged')) }}

),

ranked as (

    select
        *,
        -- G26 and G63: the survivor's own value, else the first known one of its merged records
        case when person_id = surviving_person_id then '' else person_id end as order_key
    from people

),

pooled as (

    select
        {% for column in pooled_columns %}
            min_by({{ column }}, order_key) filter (where {{ column }} is not null) as {{ column }},
        {% endfor %}
        surviving_person_id as person_id
    from ranked
    group by surviving_person_id

),

seen_in_events as (

    select person_id from {{ ref('int_people_seen') }}

)

select
    coalesce(pooled.person_id, seen_in_events.person_id) as person_id,
    pooled.sex_code,
    pooled.ethnicity_code,
    pooled.person_id is not null as is_known,
    pooled.birth_date,
    pooled.expected_birth_date,
    {{ birthday('pooled.birth_date', 18) }} as eighteenth_birthday,
    pooled.death_date
from pooled
full outer join seen_in_events
    on pooled.person_id = seen_in_events.person_id
