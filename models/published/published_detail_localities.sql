{% set is_not_shown = '(editions.hides_m0 or unrecorded.indicator_ref is not null)' %}

with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

unrecorded as (select * from {{ ref('published_unrecorded_localities') }}),

editions as (select * from {{ ref('disclosure_editions') }}),

-- work with no locality is the county minus the localities
hidden_localities as (

    select distinct
        edition,
        indicator_ref,
        month_end
    from editions
    where area_code <> 'COUNTY' and hides_m0

),

counts as (select * from {{ ref('detail_localities') }})

select
    editions.edition,
    counts.indicator_ref,
    counts.month_end,
    counts.area_code,
    counts.area_name,
    counts.indicator_name,
    counts.unit,
    counts.display_order,
    {{ shown('counts.value', is_not_shown) }} as value,
    {{ shown('counts.numerator', is_not_shown) }} as numerator,
    {{ shown('counts.denominator', is_not_shown) }} as denominator,
    {{ shown(
        'counts.not_allocated_count', '(hidden_localities.indicator_ref is not null)'
    ) }} as not_allocated_count,
    {{ shown(of_the_council('counts.rag_status'), 'editions.hides_m0') }} as rag_status,
    case
        when editions.hides_m0 and counts.availability = 'no_denominator'
            then 'available'
        else counts.availability
    end as availability,
    editions.hides_m0 and counts.availability in ('available', 'no_denominator')
        as is_suppressed,
    unrecorded.indicator_ref is not null as is_not_recorded_by_locality
from counts
inner join editions
    on
        counts.indicator_ref = editions.indicator_ref
        and counts.month_end = editions.month_end
        and counts.area_code = editions.area_code
left join hidden_localities
    on
        editions.edition = hidden_localities.edition
        and counts.indicator_ref = hidden_localities.indicator_ref
        and counts.month_end = hidden_localities.month_end
left join unrecorded
    on
        editions.edition = unrecorded.edition
        and counts.indicator_ref = unrecorded.indicator_ref
        and counts.month_end = unrecorded.month_end
        and counts.area_code not in ('COUNTY', 'NOT_ALLOCATED')
cross join extract_in_force
