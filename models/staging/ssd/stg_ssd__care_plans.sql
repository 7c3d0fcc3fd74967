with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cla_care_plan'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('lacp_table_id') }} as plan_id,
        {{ landed_id('lacp_person_id') }} as recorded_person_id,
        {{ landed_code('x_lacp_permanence_code') }} as permanence_code,
        {{ landed_text('lacp_cla_care_plan_json') }} as plan_json,
        {{ landed_date('lacp_cla_care_plan_start_date') }} as start_date,
        {{ landed_date('lacp_cla_care_plan_end_date') }} as end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'plan_id', unusable='care_plans', people_merged=ref('stg_ssd__people_merged')
) }}
