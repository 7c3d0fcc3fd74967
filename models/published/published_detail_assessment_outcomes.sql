with

counts as (

    select * from {{ ref('detail_assessment_outcomes') }}

)

select
    'internal' as edition,
    month_end,
    area_code,
    outcome_group,
    outcome_name,
    display_order,
    assessments,
    percent_of_outcomes,
    false as is_suppressed
from counts
