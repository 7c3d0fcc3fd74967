with

sides as (select * from {{ ref('int_restatement_sides') }} where worker_id is not null),

-- cells whose figure counts or compares workers, then or now
cells as (

    select *
    from {{ ref('int_restatement_cells') }}
    where
        has_both_numbers
        and (
            denominator_stat_frozen = 'workers' or denominator_stat_now = 'workers'
            or numerator_stat_frozen = 'maximum' or numerator_stat_now = 'maximum'
        )

),

loads as (

    select
        cells.month_end,
        cells.indicator_ref,
        cells.period,
        cells.area_code,
        sides.worker_id,
        sum(case when not sides.is_now then sides.caseload else 0 end) as caseload_frozen,
        sum(case when sides.is_now then sides.caseload else 0 end) as caseload_now,
        max(
            case
                when not sides.is_now and cells.denominator_stat_frozen = 'workers' then 1 else 0
            end
        ) as denominator_frozen,
        max(
            case when sides.is_now and cells.denominator_stat_now = 'workers' then 1 else 0 end
        ) as denominator_now
    from cells
    inner join sides
        on
            cells.month_end = sides.month_end
            and cells.indicator_ref = sides.indicator_ref
            and cells.period = sides.period
            and (cells.area_code = 'COUNTY' or cells.area_code = sides.area_code)
    group by
        cells.month_end, cells.indicator_ref, cells.period, cells.area_code, sides.worker_id

)

select
    *,
    caseload_frozen = max(caseload_frozen) over cell
    or caseload_now = max(caseload_now) over cell as is_largest
from loads
window cell as (partition by month_end, indicator_ref, period, area_code)
