with

education as (select * from {{ ref('education_comparison') }})

select
    education_table,
    measure_name,
    pupil_group,
    period,
    unit,
    good_direction,
    council_result_status,
    council_text,
    national_text,
    council_compares,
    council_value,
    national_value,
    gap
from education
