with

cells as (

    select
        *,
        case
            when is_reported_now
                then coalesce(numerator_now, 0) - coalesce(numerator_frozen, 0)
        end as numerator_difference,
        case
            when is_reported_now
                then coalesce(denominator_now, 0) - coalesce(denominator_frozen, 0)
        end as denominator_difference
    from {{ ref('int_restatement_cells') }}

),

explained as (

    select
        month_end,
        indicator_ref,
        area_code,
        period,
        count(*) as changed_items,
        sum(numerator_difference) as numerator_explained,
        sum(denominator_difference) as denominator_explained
    from {{ ref('restated_cases') }}
    group by month_end, indicator_ref, area_code, period

)

select
    cells.month_end,
    cells.version,
    cells.indicator_ref,
    cells.area_code,
    cells.period,
    cells.indicator_name,
    cells.availability_frozen,
    cells.availability_now,
    cells.value_frozen,
    cells.value_now,
    cells.value_now - cells.value_frozen as value_difference,
    cells.numerator_frozen,
    cells.numerator_now,
    cells.numerator_difference,
    cells.denominator_frozen,
    cells.denominator_now,
    cells.denominator_difference,
    coalesce(explained.changed_items, 0) as changed_items,
    cells.numerator_difference - coalesce(explained.numerator_explained, 0)
        as numerator_unexplained,
    cells.denominator_difference - coalesce(explained.denominator_explained, 0)
        as denominator_unexplained,
    cells.is_reported_now
from cells
left join explained
    on
        cells.month_end = explained.month_end
        and cells.indicator_ref = explained.indicator_ref
        and cells.area_code = explained.area_code
        and cells.period = explained.period
