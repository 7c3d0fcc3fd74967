{# The rolling figure, which of its two parts, and the part of the monthly figure it sums. #}
{% set pairs = [
    ('2.8', 'numerator', '2.7', 'numerator'),
    ('2.8', 'denominator', '2.7', 'denominator'),
    ('2.4', 'numerator', '2.2', 'numerator'),
    ('3.2', 'numerator', '3.1', 'numerator'),
    ('4.3r', 'numerator', '4.4', 'numerator'),
    ('6.2a', 'numerator', '6.3', 'numerator'),
    ('6.2b', 'numerator', '6.3', 'numerator'),
    ('6.9b', 'numerator', '6.9a', 'numerator'),
    ('6.9b', 'denominator', '6.6', 'numerator'),
] %}

with

pairs as (

    {% for rolling_ref, rolling_part, month_ref, month_part in pairs %}
        select
            '{{ rolling_ref }}' as rolling_ref,
            '{{ rolling_part }}' as rolling_part,
            '{{ month_ref }}' as month_ref,
            '{{ month_part }}' as month_part
        {{ "union all" if not loop.last }}
    {% endfor %}

),

parts as (

    select
        indicator_ref,
        month_end,
        'numerator' as part,
        numerator as counted
    from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability in ('available', 'no_denominator')
    union all
    select
        indicator_ref,
        month_end,
        'denominator' as part,
        denominator as counted
    from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability in ('available', 'no_denominator')

),

windows as (

    select * from {{ ref('int_reporting_windows') }} where period_window = 'rolling_12'

),

compared as (

    select
        pairs.rolling_ref,
        pairs.rolling_part,
        pairs.month_ref,
        rolling_parts.month_end,
        rolling_parts.counted,
        sum(month_parts.counted) as sum_of_months
    from pairs
    inner join parts as rolling_parts
        on
            pairs.rolling_ref = rolling_parts.indicator_ref
            and pairs.rolling_part = rolling_parts.part
    inner join windows
        on rolling_parts.month_end = windows.month_end
    inner join parts as month_parts
        on
            pairs.month_ref = month_parts.indicator_ref
            and pairs.month_part = month_parts.part
            and windows.covered_month_end = month_parts.month_end
    group by
        pairs.rolling_ref,
        pairs.rolling_part,
        pairs.month_ref,
        rolling_parts.month_end,
        rolling_parts.counted
    -- the twelve months must all be reported
    having count(*) = 12

)

select *
from compared
where counted <> sum_of_months
