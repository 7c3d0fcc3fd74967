{# G71: a record that was merged into another is not another person. A failure about the person, as
   in G26 (dim_person), is reported once, on the record that it comes from. #}
{% set order_of_records = "usable.surviving_person_id <> usable.person_id, usable.person_id" %}
with

people_merged as (select * from {{ ref('stg_ssd__people_merged') }}),

records as (

    {{ with_surviving_person(ref('stg_ssd__people'), ref('stg_ssd__people_merged')) }}

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

usable as (select * from records where unusable_for is null),

-- few persons have several records, and only those are numbered
persons_merged as (

    select surviving_person_id
    from usable
    group by surviving_person_id
    having count(*) > 1

),

in_order as (

    select
        usable.person_id,
        row_number() over (
            partition by usable.surviving_person_id order by {{ order_of_records }}
        ) = 1 as is_first_record,
        row_number() over (
            partition by usable.surviving_person_id
            order by usable.birth_date is null, {{ order_of_records }}
        ) = 1 as is_record_of_birth,
        row_number() over (
            partition by usable.surviving_person_id
            order by usable.death_date is null, {{ order_of_records }}
        ) = 1 as is_record_of_death
    from usable
    inner join persons_merged
        on usable.surviving_person_id = persons_merged.surviving_person_id

),

checked as (

    select
        usable.*,
        coalesce(in_order.is_first_record, true) as is_first_record,
        coalesce(in_order.is_record_of_birth, true) as is_record_of_birth,
        coalesce(in_order.is_record_of_death, true) as is_record_of_death,
        persons.birth_date as person_birth_date,
        persons.death_date as person_death_date,
        persons.sex_code as person_sex_code,
        persons.ethnicity_code as person_ethnicity_code,
        persons.birth_date is null and persons.expected_birth_date is null as is_without_dates,
        usable.birth_date is null
        and persons.birth_date is null
        and persons.expected_birth_date is not null as is_unborn,
        open_activities.surviving_person_id is not null as is_active,
        coalesce(usable.merged_into_id = usable.person_id, false)
        or coalesce(usable.merged_into_id = survivors_in_circles.person_id, false)
        or in_circles.person_id is not null as is_in_circle,
        {{ age_in_years('persons.birth_date', 'extract_in_force.as_at_date') }} as age_at_extract,
        extract_in_force.as_at_date
    from usable
    cross join extract_in_force
    left join in_order
        on usable.person_id = in_order.person_id
    inner join persons
        on usable.surviving_person_id = persons.person_id
    left join open_activities
        on usable.surviving_person_id = open_activities.surviving_person_id
    left join in_circles
        on usable.person_id = in_circles.person_id
    left join in_circles as survivors_in_circles
        on usable.merged_into_id = survivors_in_circles.person_id

),

failed as (

    select
        source_row,
        length(person_id) > 20 or not {{ matches('person_id', '[A-Z0-9]+') }}
            as per_03__pers_person_id,
        (birth_date is not null and expected_birth_date is not null)
        or (is_first_record and is_without_dates)
            as per_04__pers_dob,
        birth_date > as_at_date as per_06__pers_dob,
        is_record_of_birth and age_at_extract > 25 and is_active as per_07__pers_dob,
        is_first_record and person_sex_code is null and not is_unborn as per_08__pers_sex,
        is_unborn and sex_code in ('F', 'M') as per_09__pers_sex,
        is_first_record and person_ethnicity_code is null and not is_unborn
            as per_10__pers_ethnicity,
        death_date < birth_date or (is_record_of_death and person_death_date < person_birth_date)
            as per_11__pers_death_date,
        is_in_circle as per_17__x_pers_merged_into_id
    from checked

)

{{ failures_in('failed', 'ssd_person') }}
