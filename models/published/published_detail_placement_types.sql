with

by_edition as (

    {{ detail_rows_by_edition(
        'T4', ref('detail_placement_types'), 'placement_group',
        ref('editions'), ref('disclosure_details'),
        'counts.area_code'
    ) }}

)

select
    edition,
    month_end,
    area_code,
    placement_group,
    placement_group_name,
    display_order,
    {{ shown('children', 'is_hidden') }} as children,
    {{ shown('percent_of_children', 'is_hidden') }} as percent_of_children,
    is_hidden as is_suppressed
from by_edition
