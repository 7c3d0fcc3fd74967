with

source as (

    {{ rows_in_force(source('ssd', 'ssd_family'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{
            landed_compound_key([
                landed_id('fami_family_id'),
                landed_id('fami_person_id'),
            ])
        }} as family_member_id,
        {{ landed_id('fami_family_id') }} as family_id,
        {{ landed_id('fami_person_id') }} as recorded_person_id,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'family_member_id', people_merged=ref('stg_ssd__people_merged')) }}
