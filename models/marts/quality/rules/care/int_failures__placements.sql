{# Rules about a single placement, and the child's age in it. #}
{% set postcode = "replace(" ~ landed_code('clap_cla_placement_postcode') ~ ", ' ', '')" %}

with

extract_in_force as (

    select
        extract_id,
        date_format,
        decimal_id_columns,
        as_at_date
    from {{ ref('stg_landing__extract_in_force') }}

),

placements as (select * from {{ ref('int_placements_of_people') }}),

people as (select * from {{ ref('dim_person') }}),

landed as (

    {{ rows_in_force(source('ssd', 'ssd_cla_placement'), 'extract_in_force') }}

),

-- the postcode itself is not carried beyond this model
postcodes as (

    select
        _source_row as source_row,
        coalesce(
            {{ matches(postcode, '[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}') }}, false
        ) as has_valid_postcode
    from landed

),

aged as (

    select
        placements.*,
        postcodes.has_valid_postcode,
        case when placements.urn like 'SC%' then substr(placements.urn, 3) else placements.urn end
            as urn_digits,
        {{ age_in_years('people.birth_date', 'placements.start_date') }} as age_on_start,
        {{ days_between(
            'placements.start_date', 'coalesce(placements.end_date, extract_in_force.as_at_date)'
        ) }} as days_long,
        count(*) over (
            partition by placements.person_id, placements.placement_type_code
            order by placements.start_date
            range between interval 12 month preceding and current row
        ) as same_type_in_year
    from placements
    cross join extract_in_force
    inner join postcodes
        on placements.source_row = postcodes.source_row
    left join people
        on placements.person_id = people.person_id

),

checked as (

    select
        *,
        placement_type_code in (
            'H5', 'P1', 'P2', 'P3', 'R1', 'R2', 'R5', 'T0', 'T1', 'T2', 'T3', 'T4', 'Z1'
        ) as is_not_inspected,
        urn = 'XXXXXXX'
        or (
            length(urn_digits) = case when urn like 'SC%' then 6 else 7 end
            and try_cast(urn_digits as integer) is not null
        ) as is_urn_valid
    from aged

),

-- PLC-03: hospital six weeks, a carer's holiday three weeks and twice a year, other reasons a week
failed as (

    select
        source_row,
        (placement_type_code = 'T1' and days_long > 42)
        or (placement_type_code = 'T3' and days_long > 21)
        or (placement_type_code = 'T4' and days_long > 7)
            as plc_03__clap_cla_placement_end_date,
        placement_type_code = 'T3' and person_id is not null and same_type_in_year > 2
            as plc_03__clap_cla_placement_start_date,
        (provider_code is null and not is_temporary and coalesce(placement_type_code, '') <> 'Z1')
        or (provider_code = 'PR0' and placement_type_code <> 'P1')
        or (provider_code in ('PR1', 'PR2') and placement_type_code in ('P1', 'R2', 'R5'))
        or (
            provider_code = 'PR3'
            and placement_type_code in (
                'P1', 'A3', 'A4', 'A5', 'A6', 'K1', 'K2', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6'
            )
        )
        or (provider_code in ('PR4', 'PR5') and placement_type_code = 'P1')
            as plc_04__clap_cla_placement_provider,
        (urn is null and not is_not_inspected)
        or (urn is not null and not is_urn_valid)
        or (urn is not null and urn <> 'XXXXXXX' and is_not_inspected)
            as plc_05__clap_cla_placement_urn,
        age_on_start < case placement_type_code
            when 'P2' then 15
            when 'P3' then 14
            when 'H5' then 14
            when 'R5' then 10
            when 'S1' then 4
        end as plc_07__clap_cla_placement_type,
        not is_temporary and not has_valid_postcode as plc_08__clap_cla_placement_postcode,
        carer_id is null and placement_type_code in ('U1', 'U2', 'U3', 'U4', 'U5', 'U6')
            as plc_09__x_clap_carer_id
    from checked

)

{{ failures_in('failed', 'ssd_cla_placement') }}
