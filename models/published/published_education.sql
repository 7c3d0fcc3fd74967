with

education as (select * from {{ ref('education_comparison') }}),

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }})

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
where (select extract_in_force.is_demonstration from extract_in_force)
