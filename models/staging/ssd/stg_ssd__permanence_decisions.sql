with

source as (

    {{ rows_in_force(source('ssd', 'ssd_permanence'), ref('stg_landing__extract_in_force')) }}

),

renamed as (

    select
        {{ landed_key('perm_table_id') }} as permanence_decision_id,
        {{ landed_id('perm_person_id') }} as recorded_person_id,
        {{ landed_id('perm_cla_id') }} as period_of_care_id,
        {{ landed_code('perm_decision_reversed_reason') }} as reversed_reason_code,
        {{ landed_code('perm_permanence_order_type') }} as order_type_code,
        {{ landed_flag('perm_adopted_by_carer_flag') }} as is_adopted_by_carer,
        {{ landed_date('perm_adm_decision_date') }} as shobpa_date,
        {{ landed_date('perm_decision_reversed_date') }} as shobpa_reversed_date,
        {{ landed_date('perm_placement_order_date') }} as placement_order_date,
        {{ landed_date('perm_matched_date') }} as matched_date,
        {{ landed_date('perm_placed_for_adoption_date') }} as placed_date,
        {{ landed_date('x_perm_placed_with_carer_date') }} as placed_with_carer_date,
        {{ landed_date('perm_permanence_order_date') }} as order_date,
        _source_row as source_row,
        _row_hash as row_hash
    from source

)

{{ one_row_per_key(
    'renamed', 'permanence_decision_id', people_merged=ref('stg_ssd__people_merged')
) }}
