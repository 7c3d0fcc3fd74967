with

source as (

    {{ rows_in_force(source('ssd', 'ssdx_plan_reviews'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{
            landed_compound_key([
                landed_code('plrv_plan_type_code'),
                landed_id('plrv_plan_id'),
                landed_date('plrv_review_date'),
            ])
        }} as plan_review_id,
        {{ landed_id('plrv_plan_id') }} as plan_id,
        {{ landed_id('plrv_person_id') }} as recorded_person_id,
        {{ landed_code('plrv_plan_type_code') }} as plan_type_code,
        {{ landed_date('plrv_review_date') }} as reviewed_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'plan_review_id', unusable='plan_reviews', people_merged=ref('stg_ssd__people_merged')
) }}
