{# By how many points has each reason changed a published figure? Each is taken alone, as if nothing
   else had happened; for percentages and rates they do not quite add up to the whole difference.
   Variables analysis_ref (6.14) and analysis_month (default: the last month published).
   dbt show --select what_moved_a_published_number #}

with

restatements as (

    select *
    from {{ ref('restatements') }}
    where
        indicator_ref = '{{ var("analysis_ref", "6.14") }}'
        and period = 'month'
        {% if var('analysis_month', '') %}
            and month_end = date '{{ var("analysis_month") }}'
        {% endif %}
    -- if no month is given, the last one published
    qualify month_end = max(month_end) over ()

),

indicators as (

    select * from {{ ref('indicators') }}

),

by_reason as (

    select
        month_end,
        indicator_ref,
        area_code,
        period,
        reason,
        count(*) as items,
        sum(numerator_difference) as numerator_difference,
        sum(denominator_difference) as denominator_difference
    from {{ ref('restated_cases') }}
    group by month_end, indicator_ref, area_code, period, reason

),

moved as (

    select
        restatements.month_end,
        restatements.area_code,
        restatements.value_frozen,
        restatements.value_now,
        by_reason.reason,
        by_reason.items,
        restatements.numerator_frozen + by_reason.numerator_difference as numerator_then,
        restatements.denominator_frozen + by_reason.denominator_difference as denominator_then,
        indicators.denominator_stat,
        indicators.multiplier
    from restatements
    inner join by_reason
        on
            restatements.month_end = by_reason.month_end
            and restatements.indicator_ref = by_reason.indicator_ref
            and restatements.area_code = by_reason.area_code
            and restatements.period = by_reason.period
    inner join indicators
        on restatements.indicator_ref = indicators.indicator_ref

)

select
    month_end,
    area_code,
    value_frozen,
    value_now,
    reason,
    items,
    case
        when denominator_stat = 'none' then numerator_then
        else multiplier * numerator_then / nullif(denominator_then, 0)
    end - value_frozen as moved_by
from moved
order by area_code, abs(moved_by) desc
