with

-- the two areas side by side, where the paper gives either or both
paired as (
    select
        education_table,
        measure_name,
        pupil_group,
        period,
        unit,
        max(good_direction) as good_direction,
        max(case when area = 'council' then result_status end) as council_result_status,
        max(case when area = 'council' then measure_text end) as council_text,
        max(case when area = 'national' then measure_text end) as national_text,
        max(case when area = 'council' then measure_value end) as council_value,
        max(case when area = 'national' then measure_value end) as national_value
    from {{ ref('education_measures') }}
    group by education_table, measure_name, pupil_group, period, unit
)

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
    case
        when council_value = national_value then 'same'
        when good_direction is null then null
        when (council_value > national_value) = (good_direction = 'high') then 'better'
        when council_value <> national_value then 'worse'
    end as council_compares,
    council_value,
    national_value,
    cast(council_value - national_value as decimal(10, 2)) as gap
from paired
