with

counts as (

    select * from {{ ref('detail_s47_outcomes') }}

)

select
    'internal' as edition,
    month_end,
    area_code,
    outcome_group,
    outcome_name,
    display_order,
    enquiries,
    percent_of_enquiries,
    false as is_suppressed
from counts
