with

by_edition as (

    {{ detail_rows_by_edition(
        'T7', ref('detail_caseloads'), 'team_type_code',
        ref('editions'), ref('disclosure_details'),
        'counts.area_code', counts_in_row=3
    ) }}

)

select
    edition,
    month_end,
    area_code,
    team_type_code,
    team_type_name,
    display_order,
    {{ shown('workers', 'is_hidden') }} as workers,
    {{ shown('children', 'is_hidden') }} as children,
    {{ shown('largest_caseload', 'is_hidden') }} as largest_caseload,
    {{ shown('average_caseload', 'is_hidden') }} as average_caseload,
    is_hidden as is_suppressed
from by_edition
