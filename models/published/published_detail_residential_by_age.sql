with

editions as (select * from {{ ref('editions') }}),

counts as (select * from {{ ref('detail_residential_by_age') }})

-- nearly every cell is small: the public edition shows the total (7.6) but no cells
select
    editions.edition,
    counts.month_end,
    counts.placement_type_code,
    counts.placement_type_name,
    counts.display_order,
    counts.age_label,
    counts.age,
    {{ shown('counts.children', 'editions.hides_small_counts') }} as children,
    editions.hides_small_counts as is_suppressed
from counts
cross join editions
