with

by_edition as (

    {{ detail_rows_by_edition(
        'T2', ref('detail_assessment_outcomes'), 'outcome_group',
        ref('editions'), ref('disclosure_details'),
        'counts.area_code'
    ) }}

)

select
    edition,
    month_end,
    area_code,
    outcome_group,
    outcome_name,
    display_order,
    {{ shown('assessments', 'is_hidden') }} as assessments,
    {{ shown('percent_of_outcomes', '(is_hidden or hides_shares)') }} as percent_of_outcomes,
    is_hidden as is_suppressed
from by_edition
