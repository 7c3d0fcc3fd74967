with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

-- decision 0037: the printed report is the demonstration county's
published as (

    select printed.*
    from {{ ref('printed_residential_by_age') }} as printed
    cross join extract_in_force
    where extract_in_force.is_demonstration

),

computed as (select * from {{ ref('detail_residential_by_age') }})

select
    published.month_end,
    published.placement_type_code,
    published.age,
    published.children as printed_children,
    computed.children as computed_children,
    computed.children - published.children as difference,
    {{ reconciliation_status('published.children', 'computed.children') }} as status
from published
left join computed
    on
        published.month_end = computed.month_end
        and published.placement_type_code = computed.placement_type_code
        and published.age = computed.age
