with

source as (

    {{
        rows_in_force(
            source('ssd', 'ssdx_early_help_cases'),
            ref('stg_landing__extract_in_force')
        )
    }}

),

renamed as (

    select
        {{ landed_key('ehcs_case_id') }} as case_id,
        {{ landed_id('ehcs_family_id') }} as family_id,
        {{ landed_id('ehcs_request_id') }} as request_id,
        {{ landed_id('ehcs_team_id') }} as team_id,
        {{ landed_code('ehcs_case_type_code') }} as case_type_code,
        {{ landed_code('ehcs_origin_code') }} as origin_code,
        {{ landed_date('ehcs_opened_date') }} as opened_date,
        {{ landed_date('ehcs_closed_date') }} as closed_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'case_id', unusable='early_help_cases') }}
