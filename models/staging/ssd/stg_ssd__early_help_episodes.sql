with

source as (

    {{
        rows_in_force(
            source('ssd', 'ssd_early_help_episodes'),
            ref('stg_landing__extract_in_force')
        )
    }}

),

renamed as (

    select
        {{ landed_key('earl_episode_id') }} as episode_id,
        {{ landed_id('x_earl_case_id') }} as case_id,
        {{ landed_id('earl_person_id') }} as recorded_person_id,
        {{ landed_id('earl_episode_worker_id') }} as worker_id,
        {{ landed_code('earl_episode_organisation') }} as organisation_code,
        {{ landed_date('earl_episode_start_date') }} as joined_date,
        {{ landed_date('earl_episode_end_date') }} as left_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'episode_id', unusable='early_help_episodes', people_merged=ref('stg_ssd__people_merged')
) }}
