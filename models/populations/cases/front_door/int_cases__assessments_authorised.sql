with

assessments as (select * from {{ ref('fct_assessments') }} where authorised_date is not null),

parameters as (select * from {{ ref('int_parameters_by_month') }})

select
    assessments.assessment_id as case_id,
    assessments.person_id,
    assessments.team_id,
    cast(null as varchar) as worker_id,
    'ssd_cin_assessments' as source_table,
    assessments.assessment_id as source_row_key,
    assessments.authorised_date as attribution_date,
    parameters.month_end,
    assessments.authorised_date as decided_on,
    assessments.clock_start_date as decided_on_assessment_in_time,

    -- 3.1
    cast(1 as double) as measure_assessment_authorised,

    -- 3.3: authorised within the limit; a clock that starts after the end (MD2) is late
    cast(coalesce(
        assessments.working_days_from_clock_start <= parameters.assessment_wd, false
    ) as double) as measure_assessment_in_time,

    -- 3.5p to 3.7p: assessments with none of the three outcomes are not in the denominator
    cast(assessments.outcome_group = 'ONGOING' as double)
        as measure_assessment_led_to_involvement,
    cast(assessments.outcome_group = 'CLOSE' as double) as measure_assessment_closed_with_advice,
    cast(assessments.outcome_group = 'STEP_DOWN' as double) as measure_assessment_stepped_down

from assessments
inner join parameters
    on {{ month_end_of('assessments.authorised_date') }} = parameters.month_end
