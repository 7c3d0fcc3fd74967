with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cla_placement'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('clap_cla_placement_id') }} as placement_id,
        {{ landed_id('clap_person_id') }} as recorded_person_id,
        {{ landed_id('clap_cla_id') }} as period_of_care_id,
        {{ landed_id('x_clap_carer_id') }} as carer_id,
        {{ landed_code('clap_cla_placement_type') }} as placement_type_code,
        {{ landed_code('clap_cla_placement_provider') }} as provider_code,
        {{ landed_code('clap_cla_placement_change_reason') }} as change_reason_code,
        {{ landed_code('clap_cla_placement_urn') }} as urn,
        {{ landed_date('clap_cla_placement_start_date') }} as start_date,
        {{ landed_date('clap_cla_placement_end_date') }} as end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'placement_id', unusable='placements', people_merged=ref('stg_ssd__people_merged')
) }}
