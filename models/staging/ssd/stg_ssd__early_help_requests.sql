with

source as (

    {{
        rows_in_force(
            source('ssd', 'ssdx_early_help_requests'),
            ref('stg_landing__extract_in_force')
        )
    }}

),

renamed as (

    select
        {{ landed_key('ehrq_request_id') }} as request_id,
        {{ landed_id('ehrq_family_id') }} as family_id,
        {{ landed_id('ehrq_team_id') }} as team_id,
        {{ landed_code('ehrq_source_code') }} as source_code,
        {{ landed_code('ehrq_status_code') }} as status_code,
        {{ landed_code('ehrq_outcome_code') }} as outcome_code,
        {{ landed_date('ehrq_request_date') }} as received_date,
        {{ landed_date('ehrq_allocation_date') }} as allocated_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'request_id', unusable='early_help_requests') }}
