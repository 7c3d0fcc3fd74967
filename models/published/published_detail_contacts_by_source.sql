with

by_edition as (

    {{ detail_rows_by_edition(
        'T1', ref('detail_contacts_by_source'), 'source_group',
        ref('editions'), ref('disclosure_details'),
        counts_in_row=2
    ) }}

)

select
    edition,
    month_end,
    source_group,
    source_group_name,
    display_order,
    {{ shown('contacts', 'is_hidden') }} as contacts,
    {{ shown('progressed', 'is_hidden') }} as progressed,
    {{ shown('percent_progressed', 'is_hidden') }} as percent_progressed,
    {{ shown('share_of_contacts', 'is_hidden') }} as share_of_contacts,
    {{ shown('share_of_progressed', 'is_hidden') }} as share_of_progressed,
    is_hidden as is_suppressed
from by_edition
