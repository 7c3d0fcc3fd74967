with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cin_assessments'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('cina_assessment_id') }} as assessment_id,
        {{ landed_id('cina_person_id') }} as recorded_person_id,
        {{ landed_id('cina_referral_id') }} as referral_id,
        {{ landed_id('cina_assessment_team') }} as team_id,
        {{ landed_id('cina_assessment_worker_id') }} as worker_id,
        {{ landed_code('x_cina_status_code') }} as status_code,
        {{ landed_code('x_cina_outcome_code') }} as outcome_code,
        {{ landed_text('cina_assessment_outcome_json') }} as outcome_json,
        {{ landed_flag('cina_assessment_outcome_nfa') }} as is_no_further_action,
        {{ landed_flag('cina_assessment_child_seen') }} as was_child_seen,
        {{ landed_date('cina_assessment_start_date') }} as start_date,
        {{ landed_date('cina_assessment_auth_date') }} as authorised_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'assessment_id', unusable='assessments', people_merged=ref('stg_ssd__people_merged')
) }}
