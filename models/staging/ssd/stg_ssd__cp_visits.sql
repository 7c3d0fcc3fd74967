with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cp_visits'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('cppv_cp_visit_id') }} as visit_id,
        {{ landed_id('cppv_person_id') }} as recorded_person_id,
        {{ landed_id('cppv_cp_plan_id') }} as plan_id,
        {{ landed_flag('cppv_cp_visit_seen') }} as was_child_seen,
        {{ landed_flag('cppv_cp_visit_seen_alone') }} as was_child_seen_alone,
        {{ landed_date('cppv_cp_visit_date') }} as visit_date,
        {{ landed_date('x_cppv_recorded_date') }} as recorded_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'visit_id', unusable='cp_visits', people_merged=ref('stg_ssd__people_merged')
) }}
