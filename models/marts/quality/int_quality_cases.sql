{# The cases behind every indicator for the last reported month, and the rules that cast doubt on
   them: through the case's own row, or another row for the same person. #}
with

cases as (

    select distinct
        cases.indicator_ref,
        cases.month_end,
        cases.area_code,
        cases.case_id,
        cases.case_month_end,
        cases.person_id,
        cases.source_table,
        cases.source_row_key,
        cases.decided_on
    from {{ ref('int_figure_cases') }} as cases
    where cases.is_last_month and cases.period = 'month' and cases.measure_value is not null

),

doubts as (select * from {{ ref('int_quality_doubts') }}),

doubtful as (

    select
        cases.indicator_ref,
        cases.case_id,
        cases.case_month_end,
        doubts.rule_id
    from cases
    inner join doubts
        on
            cases.indicator_ref = doubts.indicator_ref
            and cases.source_table = doubts.table_name
            and cases.source_row_key = doubts.row_key
    union
    select
        cases.indicator_ref,
        cases.case_id,
        cases.case_month_end,
        doubts.rule_id
    from cases
    inner join doubts
        on
            cases.indicator_ref = doubts.indicator_ref
            and cases.person_id = doubts.person_id
    -- a later event cannot have changed the figure
    where coalesce(doubts.event_date <= cases.month_end, true)

)

select
    cases.indicator_ref,
    cases.month_end,
    cases.area_code,
    cases.case_id,
    cases.case_month_end,
    cases.person_id,
    cases.decided_on,
    doubtful.rule_id
from cases
left join doubtful
    on
        cases.indicator_ref = doubtful.indicator_ref
        and cases.case_id = doubtful.case_id
        and cases.case_month_end = doubtful.case_month_end
