with

source as (

    {{ rows_in_force(source('ssd', 'ssd_care_leavers'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('clea_table_id') }} as care_leaver_record_id,
        {{ landed_id('clea_person_id') }} as recorded_person_id,
        {{ landed_id('clea_care_leaver_allocated_team') }} as team_id,
        {{ landed_id('clea_care_leaver_worker_id') }} as worker_id,
        {{ landed_code('x_clea_eligibility_code', codes=['NONE']) }} as eligibility_code,
        {{ landed_code('clea_care_leaver_in_touch') }} as in_touch_code,
        {{ landed_code('clea_care_leaver_accommodation') }} as accommodation_code,
        {{ landed_code('clea_care_leaver_activity') }} as activity_code,
        -- a code in the return, not a flag: 2 means no
        case {{ landed_code('clea_care_leaver_accom_suitable') }}
            when '1' then true
            when '2' then false
        end as is_accommodation_suitable,
        {{ landed_date('x_clea_as_at_date') }} as as_at_date,
        {{ landed_date('x_clea_from_date') }} as from_date,
        {{ landed_date('x_clea_to_date') }} as to_date,
        {{ landed_date('clea_care_leaver_latest_contact') }} as latest_contact_date,
        {{ landed_date('clea_pathway_plan_review_date') }} as pathway_plan_review_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'care_leaver_record_id', people_merged=ref('stg_ssd__people_merged')
) }}
