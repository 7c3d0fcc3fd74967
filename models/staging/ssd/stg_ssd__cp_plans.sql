with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cp_plans'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('cppl_cp_plan_id') }} as plan_id,
        {{ landed_id('cppl_person_id') }} as recorded_person_id,
        {{ landed_id('cppl_icpc_id') }} as conference_id,
        {{ landed_id('cppl_referral_id') }} as referral_id,
        {{ landed_code('cppl_cp_plan_initial_category') }} as initial_category_code,
        {{ landed_code('cppl_cp_plan_latest_category') }} as latest_category_code,
        {{ landed_integer('x_cppl_previous_plan_count') }} as previous_plans,
        {{ landed_flag('cppl_cp_plan_ola') }} as is_other_la,
        {{ landed_date('cppl_cp_plan_start_date') }} as start_date,
        {{ landed_date('cppl_cp_plan_end_date') }} as end_date,
        {{ landed_date('x_cppl_previous_plan_end_date') }} as previous_plan_end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'plan_id', unusable='cp_plans', people_merged=ref('stg_ssd__people_merged')
) }}
