with

items as (select * from {{ ref('int_restatement_items') }}),

case_reasons as (select * from {{ ref('int_restatement_case_reasons') }}),

loads as (select * from {{ ref('int_restatement_loads') }}),

changed_cases as (select * from {{ ref('int_restatement_changed_cases') }}),

-- a worker is added, removed or has the largest caseload because of the cases reallocated
cases_of_workers as (

    select distinct
        loads.month_end,
        loads.indicator_ref,
        loads.period,
        loads.area_code,
        loads.worker_id,
        loads.is_largest,
        changed_cases.case_id
    from loads
    inner join changed_cases
        on
            loads.month_end = changed_cases.month_end
            and loads.indicator_ref = changed_cases.indicator_ref
            and loads.period = changed_cases.period
            and (loads.area_code = 'COUNTY' or loads.area_code = changed_cases.area_code)
            and (
                loads.worker_id = changed_cases.worker_id_frozen
                or loads.worker_id = changed_cases.worker_id_now
            )

),

cases_of_items as (

    select
        month_end,
        indicator_ref,
        period,
        area_code,
        item_kind,
        item_id,
        item_id as case_id
    from items
    where item_kind = 'case'
    union all
    select
        month_end,
        indicator_ref,
        period,
        area_code,
        'worker' as item_kind,
        worker_id as item_id,
        case_id
    from cases_of_workers
    union all
    select
        month_end,
        indicator_ref,
        period,
        area_code,
        'largest caseload' as item_kind,
        area_code as item_id,
        case_id
    from cases_of_workers
    where is_largest

)

select
    cases_of_items.month_end,
    cases_of_items.indicator_ref,
    cases_of_items.period,
    cases_of_items.area_code,
    cases_of_items.item_kind,
    cases_of_items.item_id,
    case_reasons.reason,
    case_reasons.reason_table,
    case_reasons.reason_row_key
from cases_of_items
inner join case_reasons
    on
        cases_of_items.month_end = case_reasons.month_end
        and cases_of_items.indicator_ref = case_reasons.indicator_ref
        and cases_of_items.period = case_reasons.period
        and cases_of_items.case_id = case_reasons.case_id
qualify
    row_number() over (
        partition by
            cases_of_items.month_end,
            cases_of_items.indicator_ref,
            cases_of_items.period,
            cases_of_items.area_code,
            cases_of_items.item_kind,
            cases_of_items.item_id
        order by case_reasons.strength, case_reasons.reason_table, case_reasons.reason_row_key
    ) = 1
