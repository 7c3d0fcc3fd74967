with

source as (

    {{ rows_in_force(source('ssd', 'ssd_professionals'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        coalesce(
            {{ landed_id('prof_professional_id') }},
            {{ landed_key('prof_staff_id') }}
        ) as worker_id,
        {{ landed_id('prof_professional_id') }} as professional_id,
        {{ landed_id('prof_staff_id') }} as staff_id,
        {{ landed_flag('x_prof_is_qualified_sw') }} as is_qualified_social_worker,
        {{ landed_text('prof_social_worker_registration_no') }} is not null
            as has_registration_number,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'worker_id') }}
