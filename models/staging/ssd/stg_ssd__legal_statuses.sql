with

source as (

    {{ rows_in_force(source('ssd', 'ssd_legal_status'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('lega_legal_status_id') }} as legal_status_id,
        {{ landed_id('lega_person_id') }} as recorded_person_id,
        {{ landed_code('lega_legal_status') }} as legal_status_code,
        {{ landed_date('lega_legal_status_start_date') }} as start_date,
        {{ landed_date('lega_legal_status_end_date') }} as end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'legal_status_id', unusable='legal_statuses', people_merged=ref('stg_ssd__people_merged')
) }}
