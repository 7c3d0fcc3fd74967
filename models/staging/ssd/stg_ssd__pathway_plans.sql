with

source as (

    {{ rows_in_force(source('ssd', 'ssdx_pathway_plans'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('path_plan_id') }} as plan_id,
        {{ landed_id('path_person_id') }} as recorded_person_id,
        {{ landed_date('path_start_date') }} as start_date,
        {{ landed_date('path_end_date') }} as end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'plan_id', unusable='pathway_plans', people_merged=ref('stg_ssd__people_merged')
) }}
