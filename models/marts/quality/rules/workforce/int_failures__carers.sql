with

households as (

    select
        *,
        coalesce(ceased_date, date '9999-12-31') as last_day
    from {{ ref('stg_ssd__carer_households') }}
    where unusable_for is null

),

placements as (select * from {{ ref('stg_ssd__placements') }} where unusable_for is null),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

-- FOS-03: when the approvals that began before this one end
in_order as (

    select
        *,
        max(last_day) over (
            partition by household_id
            order by approved_date, carer_approval_id
            rows between unbounded preceding and 1 preceding
        ) as earlier_live_until
    from households

),

by_household as (

    select
        household_id,
        max(last_day) as last_day
    from households
    where household_id is not null
    group by household_id

),

open_placements as (

    select
        placements.source_row,
        by_household.last_day <= extract_in_force.as_at_date as has_carer_ceased
    from placements
    cross join extract_in_force
    inner join by_household
        on placements.carer_id = by_household.household_id
    where {{ is_open_at(
        'placements.start_date', 'placements.end_date', 'extract_in_force.as_at_date'
    ) }}

),

households_failed as (

    select
        source_row,
        carer_type_code is null as fos_02__fosh_carer_type_code,
        household_id is not null and earlier_live_until > approved_date and last_day > approved_date
            as fos_03__fosh_approval_date
    from in_order

),

placements_failed as (

    select
        source_row,
        has_carer_ceased as fos_04__x_clap_carer_id
    from open_placements

)

{{ failures_in('households_failed', 'ssdx_foster_carer_households') }}
union all
{{ failures_in('placements_failed', 'ssd_cla_placement') }}
