with

people as (

    {{ with_surviving_person(ref('stg_ssd__people'), ref('int_people_merged')) }}

),

-- G26: the survivor's own value first, then the first known one of its merged records by id
pooled as (

    select
        surviving_person_id as person_id,
        {% for column in [
            'sex_code', 'ethnicity_code', 'birth_date', 'expected_birth_date', 'death_date'
        ] %}
            (array_agg({{ column }} order by person_id <> surviving_person_id, person_id)
                filter (where {{ column }} is not null))[1] as {{ column }}{{ "," if not loop.last }}
        {% endfor %}
    from people
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
