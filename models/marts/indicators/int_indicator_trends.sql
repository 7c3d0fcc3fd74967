{% set past = comparable_value('followed.value_1_month_ago', 'followed.month_end', 1) %}
with

indicators as (select * from {{ ref('indicators') }}),

-- the spine has every month, so the row before is the month before
followed as (

    select
        computed.*,
        lag(computed.value, 1) over month_order as value_1_month_ago,
        lag(computed.value, 2) over month_order as value_2_months_ago,
        lag(computed.value, 3) over month_order as value_3_months_ago,
        -- section 13: the same months of the previous year, recalculated
        lag(computed.ytd_value, 12) over month_order as previous_ytd_value
    from {{ ref('int_indicator_values') }} as computed
    window month_order as (partition by indicator_ref, area_code order by month_end)

)

select
    followed.indicator_ref,
    followed.month_end,
    followed.area_code,
    followed.availability,
    followed.availability_reason,
    followed.value,
    followed.value_1_month_ago,
    followed.value_2_months_ago,
    followed.value_3_months_ago,
    -- section 13: early help has a year to date that the report does not show
    case when indicators.ytd_is_shown then followed.ytd_value end as ytd_value,
    case when indicators.ytd_is_shown then followed.previous_ytd_value end as previous_ytd_value,
    {{ direction_of_travel('followed.value', past, 'indicators.polarity') }} as direction_of_travel,
    {{ raw_direction('followed.value', past) }} as raw_direction
from followed
inner join indicators
    on followed.indicator_ref = indicators.indicator_ref
left join {{ ref('dim_series_breaks') }} as breaks
    on followed.indicator_ref = breaks.indicator_ref
