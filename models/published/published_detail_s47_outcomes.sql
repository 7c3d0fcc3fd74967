with

by_edition as (

    {{ detail_rows_by_edition(
        'T3', ref('detail_s47_outcomes'), 'outcome_group',
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
    {{ shown('enquiries', 'is_hidden') }} as enquiries,
    {{ shown('percent_of_enquiries', 'is_hidden') }} as percent_of_enquiries,
    is_hidden as is_suppressed
from by_edition
