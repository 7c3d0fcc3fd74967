with

source as (

    {{
        rows_in_force(
            source('ssd', 'ssd_initial_cp_conference'),
            ref('stg_landing__extract_in_force')
        )
    }}

),

renamed as (

    select
        {{ landed_key('icpc_icpc_id') }} as conference_id,
        {{ landed_id('icpc_icpc_meeting_id') }} as meeting_id,
        {{ landed_id('icpc_person_id') }} as recorded_person_id,
        {{ landed_id('icpc_s47_enquiry_id') }} as s47_id,
        {{ landed_id('icpc_referral_id') }} as referral_id,
        {{ landed_id('icpc_cp_plan_id') }} as plan_id,
        {{ landed_id('icpc_icpc_team') }} as team_id,
        {{ landed_id('icpc_icpc_worker_id') }} as worker_id,
        {{ landed_code('x_icpc_status_code') }} as status_code,
        {{ landed_text('icpc_icpc_outcome_json') }} as outcome_json,
        {{ landed_flag('icpc_icpc_transfer_in') }} as is_transfer_in,
        {{ landed_flag('icpc_icpc_outcome_cp_flag') }} as has_cp_outcome,
        {{ landed_date('x_icpc_strategy_discussion_date') }} as strategy_date,
        {{ landed_date('icpc_icpc_target_date') }} as target_date,
        {{ landed_date('icpc_icpc_date') }} as held_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'conference_id', people_merged=ref('stg_ssd__people_merged')) }}
