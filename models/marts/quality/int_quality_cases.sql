{# The cases behind every indicator for the last reported month, and the rules that cast doubt on
   them: through the case's own row, or another row for the same person. #}
with

last_month as (

    select max(month_end) as month_end from {{ ref('int_reporting_months') }} where is_reported

),

available as (

    select
        spine.indicator_ref,
        spine.month_end
    from {{ ref('int_indicator_spine') }} as spine
    inner join last_month
        on spine.month_end = last_month.month_end
    where spine.area_code = 'COUNTY' and spine.availability = 'available'

),

indicators as (select * from {{ ref('indicators') }}),

measures as (

    select
        indicator_ref,
        measure,
        period_window
    from indicators
    union
    select
        indicator_ref,
        denominator_measure as measure,
        period_window
    from indicators
    where denominator_stat = 'measure'

),

windows as (select * from {{ ref('int_reporting_windows') }}),

measure_cases as (select * from {{ ref('fct_measure_cases') }}),

cases as (

    select distinct
        available.indicator_ref,
        available.month_end,
        measure_cases.area_code,
        measure_cases.case_id,
        measure_cases.month_end as case_month_end,
        measure_cases.person_id,
        measure_cases.source_table,
        measure_cases.source_row_key,
        measure_cases.decided_on
    from available
    inner join measures
        on available.indicator_ref = measures.indicator_ref
    inner join windows
        on
            available.month_end = windows.month_end
            and measures.period_window = windows.period_window
    inner join measure_cases
        on
            measures.measure = measure_cases.measure
            and windows.covered_month_end = measure_cases.month_end

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
