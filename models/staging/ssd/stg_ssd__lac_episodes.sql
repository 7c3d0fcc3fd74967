with

source as (

    {{ rows_in_force(source('ssd', 'ssd_cla_episodes'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('clae_cla_episode_id') }} as episode_id,
        {{ landed_id('clae_person_id') }} as recorded_person_id,
        {{ landed_id('clae_cla_id') }} as period_of_care_id,
        {{ landed_id('clae_cla_placement_id') }} as placement_id,
        {{ landed_id('clae_referral_id') }} as referral_id,
        {{ landed_code('clae_cla_episode_start_reason') }} as start_reason_code,
        {{ landed_code('clae_cla_episode_ceased_reason') }} as end_reason_code,
        {{ landed_code('x_clae_legal_status_code') }} as legal_status_code,
        {{ landed_code('clae_cla_primary_need_code') }} as primary_need_code,
        {{ landed_flag('x_clae_is_other_la') }} as is_other_la,
        {{ landed_date('clae_cla_episode_start_date') }} as start_date,
        {{ landed_date('clae_cla_episode_ceased_date') }} as end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'episode_id', unusable='lac_episodes', people_merged=ref('stg_ssd__people_merged')
) }}
