with

source as (

    {{
        rows_in_force(
            source('ssd', 'ssdx_personal_education_plans'),
            ref('stg_landing__extract_in_force')
        )
    }}

),

renamed as (

    select
        {{ landed_key('pepl_pep_id') }} as pep_id,
        {{ landed_id('pepl_person_id') }} as recorded_person_id,
        {{ landed_code('pepl_status_code') }} as status_code,
        {{ landed_date('pepl_pep_date') }} as meeting_date,
        {{ landed_date('pepl_completed_date') }} as completed_date,
        {{ landed_date('pepl_next_due_date') }} as next_due_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'pep_id', people_merged=ref('stg_ssd__people_merged')) }}
