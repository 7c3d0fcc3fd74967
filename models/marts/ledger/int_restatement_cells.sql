with

versions as (select * from {{ ref('stg_ledger__versions') }} where is_latest),

frozen as (

    select frozen_values.*
    from {{ ref('stg_ledger__values') }} as frozen_values
    inner join versions
        on
            frozen_values.month_end = versions.month_end
            and frozen_values.version = versions.version

),

current_values as (select * from {{ ref('fct_indicator_values') }}),

indicators as (select * from {{ ref('indicators') }}),

beside as (

    select
        frozen.*,
        current_values.indicator_ref is not null as is_reported_now,
        indicators.numerator_stat as numerator_stat_now,
        indicators.denominator_stat as denominator_stat_now,
        current_values.value as value_now,
        current_values.numerator as numerator_now,
        current_values.denominator as denominator_now,
        current_values.ytd_value as ytd_value_now,
        current_values.ytd_numerator as ytd_numerator_now,
        current_values.ytd_denominator as ytd_denominator_now,
        current_values.availability as availability_now
    from frozen
    left join current_values
        on
            frozen.month_end = current_values.month_end
            and frozen.indicator_ref = current_values.indicator_ref
            and frozen.area_code = current_values.area_code
    left join indicators
        on frozen.indicator_ref = indicators.indicator_ref

),

cells as (

    select
        month_end,
        version,
        indicator_ref,
        area_code,
        'month' as period,
        indicator_name,
        numerator_stat as numerator_stat_frozen,
        denominator_stat as denominator_stat_frozen,
        numerator_stat_now,
        denominator_stat_now,
        definition_hash as definition_hash_frozen,
        availability as availability_frozen,
        availability_now,
        value as value_frozen,
        value_now,
        numerator as numerator_frozen,
        numerator_now,
        denominator as denominator_frozen,
        denominator_now,
        is_reported_now
    from beside
    union all
    select
        month_end,
        version,
        indicator_ref,
        area_code,
        'year_to_date' as period,
        indicator_name,
        numerator_stat as numerator_stat_frozen,
        denominator_stat as denominator_stat_frozen,
        numerator_stat_now,
        denominator_stat_now,
        definition_hash as definition_hash_frozen,
        availability as availability_frozen,
        availability_now,
        ytd_value as value_frozen,
        ytd_value_now as value_now,
        ytd_numerator as numerator_frozen,
        ytd_numerator_now as numerator_now,
        ytd_denominator as denominator_frozen,
        ytd_denominator_now as denominator_now,
        is_reported_now
    from beside

)

select
    *,
    -- a figure that exists on one side only has no components to compare
    coalesce(
        numerator_frozen is not null and numerator_now is not null
        and availability_frozen in ('available', 'no_denominator')
        and availability_now in ('available', 'no_denominator'),
        false
    ) as has_both_numbers
from cells
-- an indicator without a year to date has none on either side
where
    period = 'month'
    or numerator_frozen is not null
    or numerator_now is not null
