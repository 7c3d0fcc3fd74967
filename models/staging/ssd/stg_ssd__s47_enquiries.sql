with

source as (

    {{ rows_in_force(source('ssd', 'ssd_s47_enquiry'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('s47e_s47_enquiry_id') }} as s47_id,
        {{ landed_id('s47e_person_id') }} as recorded_person_id,
        {{ landed_id('s47e_referral_id') }} as referral_id,
        {{ landed_id('s47e_s47_completed_by_team') }} as team_id,
        {{ landed_id('s47e_s47_completed_by_worker_id') }} as worker_id,
        {{ landed_code('x_s47e_status_code') }} as status_code,
        {{ landed_code('x_s47e_outcome_code') }} as outcome_code,
        {{ landed_text('s47e_s47_outcome_json') }} as outcome_json,
        {{ landed_flag('s47e_s47_nfa') }} as is_no_further_action,
        {{ landed_date('s47e_s47_start_date') }} as strategy_date,
        {{ landed_date('s47e_s47_end_date') }} as completed_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 's47_id', unusable='s47_enquiries', people_merged=ref('stg_ssd__people_merged')
) }}
