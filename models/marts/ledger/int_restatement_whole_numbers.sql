with

cells as (

    select * from {{ ref('int_restatement_cells') }} where is_reported_now

)

-- the largest caseload is one number, not a sum over cases
select
    month_end,
    indicator_ref,
    period,
    area_code,
    'largest caseload' as item_kind,
    case when numerator_stat_frozen = 'maximum' then numerator_frozen end as numerator_frozen,
    case when numerator_stat_now = 'maximum' then numerator_now end as numerator_now,
    null as denominator_frozen,
    null as denominator_now
from cells
where has_both_numbers

union all

-- cases add nothing to the population that a rate is divided by (0008)
select
    month_end,
    indicator_ref,
    period,
    area_code,
    'population' as item_kind,
    null as numerator_frozen,
    null as numerator_now,
    case when denominator_stat_frozen = 'population' then denominator_frozen end
        as denominator_frozen,
    case when denominator_stat_now = 'population' then denominator_now end as denominator_now
from cells
where has_both_numbers

union all

-- a figure on one side only: there is nothing to compare its cases with
select
    month_end,
    indicator_ref,
    period,
    area_code,
    'availability' as item_kind,
    numerator_frozen,
    numerator_now,
    denominator_frozen,
    denominator_now
from cells
where not has_both_numbers
