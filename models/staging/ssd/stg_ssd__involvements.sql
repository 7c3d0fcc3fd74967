with

source as (

    {{ rows_in_force(source('ssd', 'ssd_involvements'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('invo_involvements_id') }} as involvement_id,
        {{ landed_id('invo_person_id') }} as recorded_person_id,
        {{ landed_id('invo_professional_id') }} as worker_id,
        {{ landed_id('invo_professional_team') }} as team_id,
        {{ landed_id('invo_referral_id') }} as referral_id,
        {{ landed_id('invo_professional_role_id') }} as role_code,
        {{ landed_code('invo_worker_change_reason') }} as change_reason_code,
        {{ landed_flag('x_invo_is_allocated') }} as is_allocated,
        {{ landed_date('invo_involvement_start_date') }} as start_date,
        {{ landed_date('invo_involvement_end_date') }} as end_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'involvement_id', unusable='involvements', people_merged=ref('stg_ssd__people_merged')
) }}
