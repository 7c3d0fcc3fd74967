with

people as (select * from {{ ref('stg_ssd__people') }} where {{ is_usable('people') }}),

people_merged as (select * from {{ ref('int_people_merged') }}),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

-- open in a table whose rows begin and end
open_activities as (

    select distinct person_id
    from {{ ref('int_quality_rows') }}
    where person_id is not null and has_end and event_date is not null and end_date is null

),

-- a chain of merged records that ends at a record which is merged itself has no end
in_circles as (

    select distinct people_merged.person_id
    from people_merged
    inner join people as survivors
        on people_merged.surviving_person_id = survivors.person_id
    where survivors.merged_into_id <> survivors.person_id

),

checked as (

    select
        people.*,
        people.birth_date is null and people.expected_birth_date is not null as is_unborn,
        open_activities.person_id is not null as is_active,
        coalesce(people.merged_into_id = people.person_id, false)
        or coalesce(people.merged_into_id = survivors_in_circles.person_id, false)
        or in_circles.person_id is not null as is_in_circle,
        row_number() over (
            partition by people.upn order by people.person_id
        ) > 1 as is_upn_repeated,
        {{ is_upn('people.upn') }} as has_valid_upn,
        {{ age_in_years('people.birth_date', 'extract_in_force.as_at_date') }} as age_at_extract,
        extract_in_force.as_at_date
    from people
    cross join extract_in_force
    left join open_activities
        on people.person_id = open_activities.person_id
    left join in_circles
        on people.person_id = in_circles.person_id
    left join in_circles as survivors_in_circles
        on people.merged_into_id = survivors_in_circles.person_id

)

{{ failed_rules('checked', 'ssd_person', [
    (
        'PER-03', 'pers_person_id',
        "length(person_id) > 20 or not " ~ matches('person_id', '[A-Z0-9]+')
    ),
    (
        'PER-04', 'pers_dob',
        "(birth_date is null) = (expected_birth_date is null)"
    ),
    ('PER-06', 'pers_dob', "birth_date > as_at_date"),
    ('PER-07', 'pers_dob', "age_at_extract > 25 and is_active"),
    ('PER-08', 'pers_sex', "sex_code is null and not is_unborn"),
    ('PER-09', 'pers_sex', "is_unborn and sex_code in ('F', 'M')"),
    ('PER-10', 'pers_ethnicity', "ethnicity_code is null and not is_unborn"),
    ('PER-11', 'pers_death_date', "death_date < birth_date"),
    ('PER-15', 'pers_upn', "upn is not null and is_upn_repeated"),
    ('PER-16', 'pers_upn', "upn is not null and not has_valid_upn"),
    ('PER-17', 'x_pers_merged_into_id', "is_in_circle"),
]) }}
