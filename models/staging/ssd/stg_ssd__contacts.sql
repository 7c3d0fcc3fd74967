with

source as (

    {{ rows_in_force(source('ssd', 'ssd_contacts'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('cont_contact_id') }} as contact_id,
        {{ landed_id('cont_person_id') }} as recorded_person_id,
        {{ landed_id('x_cont_referral_id') }} as referral_id,
        {{ landed_code('cont_contact_source_code') }} as source_code,
        {{ landed_code('x_cont_outcome_code') }} as outcome_code,
        {{ landed_text('cont_contact_outcome_json') }} as outcome_json,
        {{ landed_date('cont_contact_date') }} as received_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'contact_id', unusable='contacts', people_merged=ref('stg_ssd__people_merged')
) }}
