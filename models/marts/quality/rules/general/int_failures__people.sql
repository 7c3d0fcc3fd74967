{# G71: a record that was merged into another is not another person. A failure about the person, as
   in G26 (dim_person), is reported once, on the record that it comes from. #}
{% set order_of_records = "surviving_person_id <> person_id, person_id" %}
with

people_merged as (select * from {{ ref('int_people_merged') }}),

records as (

    {{ with_surviving_person(ref('stg_ssd__people'), ref('int_people_merged')) }}

),

persons as (select * from {{ ref('dim_person') }}),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

-- open in a table whose rows have a start and an end
open_activities as (

    select distinct surviving_person_id
    from {{ ref('int_quality_rows') }}
    where
        surviving_person_id is not null
        and has_end
        and event_date is not null
        and end_date is null

),

-- a chain of merged records that ends at a record that is itself merged has no end
in_circles as (

    select distinct people_merged.person_id
    from people_merged
    inner join records as survivors
        on people_merged.surviving_person_id = survivors.person_id
    where survivors.merged_into_id <> survivors.person_id

),

in_order as (

    select
        *,
        row_number() over (
            partition by surviving_person_id order by {{ order_of_records }}
        ) = 1 as is_first_record,
        row_number() over (
            partition by surviving_person_id order by birth_date is null, {{ order_of_records }}
        ) = 1 as is_record_of_birth,
        row_number() over (
            partition by surviving_person_id order by death_date is null, {{ order_of_records }}
        ) = 1 as is_record_of_death,
        -- the first person with a pupil number keeps it; others are reported on one record
        dense_rank() over (partition by upn order by surviving_person_id) > 1
        and row_number() over (
            partition by upn, surviving_person_id order by {{ order_of_records }}
        ) = 1 as is_upn_repeated
    from records
    where {{ is_usable('people') }}

),

checked as (

    select
        in_order.*,
        persons.birth_date as person_birth_date,
        persons.death_date as person_death_date,
        persons.sex_code as person_sex_code,
        persons.ethnicity_code as person_ethnicity_code,
        persons.birth_date is null and persons.expected_birth_date is null as is_without_dates,
        in_order.birth_date is null
        and persons.birth_date is null
        and persons.expected_birth_date is not null as is_unborn,
        open_activities.surviving_person_id is not null as is_active,
        coalesce(in_order.merged_into_id = in_order.person_id, false)
        or coalesce(in_order.merged_into_id = survivors_in_circles.person_id, false)
        or in_circles.person_id is not null as is_in_circle,
        {{ is_upn('in_order.upn') }} as has_valid_upn,
        {{ age_in_years('persons.birth_date', 'extract_in_force.as_at_date') }} as age_at_extract,
        extract_in_force.as_at_date
    from in_order
    cross join extract_in_force
    inner join persons
        on in_order.surviving_person_id = persons.person_id
    left join open_activities
        on in_order.surviving_person_id = open_activities.surviving_person_id
    left join in_circles
        on in_order.person_id = in_circles.person_id
    left join in_circles as survivors_in_circles
        on in_order.merged_into_id = survivors_in_circles.person_id

)

{{ failed_rules('checked', 'ssd_person', [
    (
        'PER-03', 'pers_person_id',
        "length(person_id) > 20 or not " ~ matches('person_id', '[A-Z0-9]+')
    ),
    (
        'PER-04', 'pers_dob',
        "(birth_date is not null and expected_birth_date is not null)"
        ~ " or (is_first_record and is_without_dates)"
    ),
    ('PER-06', 'pers_dob', "birth_date > as_at_date"),
    ('PER-07', 'pers_dob', "is_record_of_birth and age_at_extract > 25 and is_active"),
    ('PER-08', 'pers_sex', "is_first_record and person_sex_code is null and not is_unborn"),
    ('PER-09', 'pers_sex', "is_unborn and sex_code in ('F', 'M')"),
    (
        'PER-10', 'pers_ethnicity',
        "is_first_record and person_ethnicity_code is null and not is_unborn"
    ),
    (
        'PER-11', 'pers_death_date',
        "death_date < birth_date or (is_record_of_death and person_death_date < person_birth_date)"
    ),
    ('PER-15', 'pers_upn', "upn is not null and is_upn_repeated"),
    ('PER-16', 'pers_upn', "upn is not null and not has_valid_upn"),
    ('PER-17', 'x_pers_merged_into_id', "is_in_circle"),
]) }}
