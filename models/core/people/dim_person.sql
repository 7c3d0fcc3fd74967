{% set pooled_columns = [
    'sex_code', 'ethnicity_code', 'birth_date', 'expected_birth_date', 'death_date'
] %}

with

people as (

    {{ with_surviving_person(ref('stg_ssd__people'), ref('stg_ssd__people_merged')) }}

),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

ranked as (

    select
        people.surviving_person_id,
        people.sex_code,
        people.ethnicity_code,
        -- PER-06: anyone born after the extract was taken was unborn at the time
        case when people.birth_date <= extract_in_force.as_at_date then people.birth_date end
            as birth_date,
        case
            when people.birth_date > extract_in_force.as_at_date
                then coalesce(people.expected_birth_date, people.birth_date)
            else people.expected_birth_date
        end as expected_birth_date,
        people.death_date,
        -- G26 and G63: the survivor's own value, otherwise the first known among its merged records
        case
            when people.person_id = people.surviving_person_id then ''
            else people.person_id
        end as order_key
    from people
    cross join extract_in_force
    where people.unusable_for is null

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

seen_in_events as (select person_id from {{ ref('int_people_seen') }})

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
