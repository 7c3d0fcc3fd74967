with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cin_episodes'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('cine_referral_id') }} as referral_id,
        {{ landed_id('cine_person_id') }} as recorded_person_id,
        {{ landed_id('cine_referral_team') }} as team_id,
        {{ landed_id('cine_referral_worker_id') }} as worker_id,
        {{ landed_code('cine_referral_source_code') }} as source_code,
        {{ landed_code('cine_cin_primary_need_code') }} as primary_need_code,
        {{ landed_code('x_cine_outcome_code') }} as outcome_code,
        {{ landed_code('cine_close_reason') }} as closure_reason_code,
        {{ landed_text('cine_referral_outcome_json') }} as outcome_json,
        {{ landed_flag('cine_referral_nfa') }} as is_no_further_action,
        {{ landed_date('cine_referral_date') }} as received_date,
        {{ landed_date('cine_close_date') }} as closed_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'referral_id', unusable='referrals', people_merged=ref('stg_ssd__people_merged')
) }}
