with

computed as (select * from {{ ref('int_indicator_values') }}),

reported_months as (select month_end from {{ ref('int_reporting_months') }} where is_reported)

select
    computed.indicator_ref,
    computed.month_end,
    computed.area_code,
    computed.numerator,
    computed.denominator,
    computed.value,
    computed.ytd_numerator,
    computed.ytd_denominator,
    computed.ytd_value,
    computed.availability,
    computed.availability_reason
from computed
inner join reported_months
    on computed.month_end = reported_months.month_end
