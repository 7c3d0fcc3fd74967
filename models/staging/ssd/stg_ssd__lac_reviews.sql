with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cla_reviews'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('clar_cla_review_id') }} as review_id,
        {{ landed_id('clar_cla_person_id') }} as recorded_person_id,
        {{ landed_id('clar_cla_id') }} as period_of_care_id,
        {{ landed_code('x_clar_status_code') }} as status_code,
        {{ landed_code('clar_cla_review_participation') }} as participation_code,
        {{ landed_flag('clar_cla_review_cancelled') }} as is_cancelled,
        {{ landed_date('clar_cla_review_due_date') }} as due_date,
        {{ landed_date('clar_cla_review_date') }} as held_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'review_id', unusable='lac_reviews', people_merged=ref('stg_ssd__people_merged')
) }}
