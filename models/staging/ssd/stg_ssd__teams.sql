with

source as (

    {{ rows_in_force(source('ssd', 'ssd_department'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('dept_team_id') }} as team_id,
        {{ landed_id('dept_team_parent_id') }} as parent_team_id,
        {{ landed_code('x_dept_team_type_code') }} as team_type_code,
        {{ landed_text('dept_team_name') }} as team_name,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key('renamed', 'team_id') }}
