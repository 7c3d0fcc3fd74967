with

counts as (

    select * from {{ ref('detail_contacts_by_source') }}

)

select
    'internal' as edition,
    month_end,
    source_group,
    source_group_name,
    display_order,
    contacts,
    progressed,
    percent_progressed,
    share_of_contacts,
    share_of_progressed,
    false as is_suppressed
from counts
