with

source as (

    {{ rows_in_force(source('ssd', 'ssd_person'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('pers_person_id') }} as person_id,
        {{ landed_id('x_pers_merged_into_id') }} as merged_into_id,
        {{ landed_id('pers_legacy_id') }} as legacy_id,
        {{ landed_code('pers_upn') }} as upn,
        {{ landed_sex('pers_sex') }} as sex_code,
        {{ landed_code('pers_ethnicity') }} as ethnicity_code,
        {{ landed_date('pers_dob') }} as birth_date,
        {{ landed_date('pers_expected_dob') }} as expected_birth_date,
        {{ landed_date('pers_death_date') }} as death_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'person_id', unusable='people') }}
