{# PER-14: an earlier extract's details of the person. The previous one, of any source, is used. #}
with

extracts as (select * from {{ ref('stg_landing__extracts') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

extract_before as (

    select extracts.*
    from extracts
    inner join extract_in_force
        on extracts.as_at < extract_in_force.as_at
    qualify
        row_number() over (
            order by extracts.as_at desc, extracts.loaded_at desc, extracts.extract_id desc
        ) = 1

),

landed_before as (

    {{ rows_in_force(source('ssd', 'ssd_person'), 'extract_before') }}

),

-- G71: read in the same way as staging reads people in the extract in force
people_before as (

    select
        {{ landed_key('pers_person_id') }} as person_id,
        min({{ landed_date('pers_dob') }}) as birth_date,
        min({{ landed_sex('pers_sex') }}) as sex_code,
        min({{ landed_code('pers_ethnicity') }}) as ethnicity_code,
        -- exact duplicates count once
        count(distinct _row_hash) as row_count
    from landed_before
    group by {{ landed_key('pers_person_id') }}

),

people_now as (select * from {{ ref('stg_ssd__people') }}),

failed as (

    select
        people_now.source_row,
        people_before.birth_date <> people_now.birth_date as per_14__pers_dob,
        people_before.sex_code <> people_now.sex_code as per_14__pers_sex,
        people_before.ethnicity_code <> people_now.ethnicity_code as per_14__pers_ethnicity
    from people_now
    inner join people_before
        on
            people_now.person_id = people_before.person_id
            and people_before.row_count = 1

)

{{ failures_in('failed', 'ssd_person') }}
