with

source as (

    {{ rows_in_force(source('ssd', 'ssdx_team_localities'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{
            landed_compound_key([
                landed_id('tloc_team_id'),
                landed_date('tloc_valid_from'),
            ])
        }} as team_locality_id,
        {{ landed_id('tloc_team_id') }} as team_id,
        {{ landed_code('tloc_locality_code') }} as locality_code,
        {{ landed_date('tloc_valid_from') }} as valid_from,
        {{ landed_date('tloc_valid_to') }} as valid_to,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'team_locality_id', unusable='team_localities') }}
