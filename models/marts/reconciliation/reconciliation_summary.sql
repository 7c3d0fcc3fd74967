with

indicators as (

    select
        section_code,
        min(display_order) as section_order
    from {{ ref('indicators') }}
    group by section_code

),

compared as (

    select
        'figure' as comparison,
        section_code,
        area_type,
        certainty,
        status,
        reason is not null as is_explained
    from {{ ref('printed_comparison') }}
    union all
    select
        'contacts_by_source' as comparison,
        '2' as section_code,
        'county' as area_type,
        'sure' as certainty,
        status,
        false as is_explained
    from {{ ref('printed_contacts_comparison') }}
    union all
    select
        'residential_by_age' as comparison,
        '7' as section_code,
        'county' as area_type,
        'assigned' as certainty,
        status,
        false as is_explained
    from {{ ref('printed_residential_comparison') }}
    union all
    select
        sign_type as comparison,
        section_code,
        area_type,
        certainty,
        status,
        reason is not null as is_explained
    from {{ ref('printed_signs_comparison') }}

),

counted as (

    select
        comparison,
        section_code,
        area_type,
        certainty,
        count(*) as printed,
        count(*) filter (where status = 'equal') as equal,
        count(*) filter (where status = 'differs' and is_explained) as differs_explained,
        count(*) filter (where status = 'differs' and not is_explained) as differs_unexplained,
        count(*) filter (where status = 'not_computed') as not_computed
    from compared
    group by comparison, section_code, area_type, certainty

)

select
    counted.comparison,
    counted.section_code,
    counted.area_type,
    counted.certainty,
    cast(indicators.section_order as integer) as section_order,
    cast(counted.printed as integer) as printed,
    cast(counted.equal as integer) as equal,
    cast(counted.differs_explained as integer) as differs_explained,
    cast(counted.differs_unexplained as integer) as differs_unexplained,
    cast(counted.not_computed as integer) as not_computed,
    100.0 * counted.equal / counted.printed as percent_equal
from counted
inner join indicators
    on counted.section_code = indicators.section_code
