with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cla_health'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('clah_health_check_id') }} as health_check_id,
        {{ landed_id('clah_person_id') }} as recorded_person_id,
        {{ landed_code('clah_health_check_type') }} as check_type_code,
        {{ landed_code('x_clah_assessment_stage_code') }} as stage_code,
        {{ landed_code('clah_health_check_status') }} as status_code,
        {{ landed_date('clah_health_check_date') }} as check_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'health_check_id', unusable='health_checks', people_merged=ref('stg_ssd__people_merged')
) }}
