with

cells as (select * from {{ ref('int_restatement_cells') }}),

changed_cases as (select * from {{ ref('int_restatement_changed_cases') }}),

items as (

    select
        cells.month_end,
        cells.indicator_ref,
        cells.period,
        cells.area_code,
        'case' as item_kind,
        changed_cases.case_id as item_id,
        max(coalesce(changed_cases.person_id_now, changed_cases.person_id_frozen)) as person_id,
        max(coalesce(changed_cases.source_table_now, changed_cases.source_table_frozen))
            as source_table,
        max(coalesce(changed_cases.source_row_key_now, changed_cases.source_row_key_frozen))
            as source_row_key,
        bool_or(changed_cases.is_frozen) as is_frozen,
        bool_or(changed_cases.is_now) as is_now,
        sum(changed_cases.numerator_frozen) as numerator_frozen,
        sum(changed_cases.numerator_now) as numerator_now,
        sum(changed_cases.denominator_frozen) as denominator_frozen,
        sum(changed_cases.denominator_now) as denominator_now
    from cells
    inner join changed_cases
        on
            cells.month_end = changed_cases.month_end
            and cells.indicator_ref = changed_cases.indicator_ref
            and cells.period = changed_cases.period
            and (cells.area_code = 'COUNTY' or cells.area_code = changed_cases.area_code)
    where cells.has_both_numbers
    group by
        cells.month_end, cells.indicator_ref, cells.period, cells.area_code, changed_cases.case_id

    union all

    -- 0008: an average is divided by workers, each counted once
    select
        month_end,
        indicator_ref,
        period,
        area_code,
        'worker' as item_kind,
        worker_id as item_id,
        null as person_id,
        null as source_table,
        null as source_row_key,
        denominator_frozen = 1 as is_frozen,
        denominator_now = 1 as is_now,
        0 as numerator_frozen,
        0 as numerator_now,
        denominator_frozen,
        denominator_now
    from {{ ref('int_restatement_loads') }}

    union all

    select
        month_end,
        indicator_ref,
        period,
        area_code,
        item_kind,
        area_code as item_id,
        null as person_id,
        null as source_table,
        null as source_row_key,
        numerator_frozen is not null or denominator_frozen is not null as is_frozen,
        numerator_now is not null or denominator_now is not null as is_now,
        coalesce(numerator_frozen, 0) as numerator_frozen,
        coalesce(numerator_now, 0) as numerator_now,
        coalesce(denominator_frozen, 0) as denominator_frozen,
        coalesce(denominator_now, 0) as denominator_now
    from {{ ref('int_restatement_whole_numbers') }}

)

select *
from items
where numerator_frozen <> numerator_now or denominator_frozen <> denominator_now
