with

by_edition as (

    {{ detail_rows_by_edition(
        'T6', ref('detail_care_leaver_categories'), 'category_code',
        ref('editions'), ref('disclosure_details'),
        'counts.area_code'
    ) }}

)

select
    edition,
    month_end,
    area_code,
    category_code,
    category_name,
    display_order,
    is_care_leaver,
    {{ shown('people', 'is_hidden') }} as people,
    is_hidden as is_suppressed
from by_edition
