with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cin_plans'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('cinp_cin_plan_id') }} as plan_id,
        {{ landed_id('cinp_person_id') }} as recorded_person_id,
        {{ landed_id('cinp_referral_id') }} as referral_id,
        {{ landed_id('cinp_cin_plan_team') }} as team_id,
        {{ landed_id('cinp_cin_plan_worker_id') }} as worker_id,
        {{ landed_date('cinp_cin_plan_start_date') }} as start_date,
        {{ landed_date('cinp_cin_plan_end_date') }} as end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'plan_id', unusable='cin_plans', people_merged=ref('stg_ssd__people_merged')
) }}
