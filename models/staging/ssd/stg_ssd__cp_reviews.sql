with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cp_reviews'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('cppr_cp_review_id') }} as conference_id,
        {{ landed_id('cppr_cp_review_meeting_id') }} as meeting_id,
        {{ landed_id('cppr_person_id') }} as recorded_person_id,
        {{ landed_id('cppr_cp_plan_id') }} as plan_id,
        {{ landed_code('x_cppr_status_code') }} as status_code,
        {{ landed_code('cppr_cp_review_participation') }} as participation_code,
        {{ landed_flag('cppr_cp_review_outcome_continue_cp') }} as is_plan_continued,
        {{ landed_flag('cppr_cp_review_quorate') }} as was_quorate,
        {{ landed_date('cppr_cp_review_due') }} as due_date,
        {{ landed_date('cppr_cp_review_date') }} as held_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'conference_id', people_merged=ref('stg_ssd__people_merged')) }}
