with

source as (

    {{
        rows_in_force(
            source('ssd', 'ssdx_foster_carer_households'),
            ref('stg_landing__extract_in_force')
        )
    }}

),

renamed as (

    select
        {{
            landed_compound_key([
                landed_id('fosh_household_id'),
                landed_date('fosh_approval_date'),
            ])
        }} as carer_approval_id,
        {{ landed_id('fosh_household_id') }} as household_id,
        {{ landed_code('fosh_carer_type_code') }} as carer_type_code,
        {{ landed_date('fosh_approval_date') }} as approved_date,
        {{ landed_date('fosh_ceased_date') }} as ceased_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'carer_approval_id', unusable='carer_households') }}
