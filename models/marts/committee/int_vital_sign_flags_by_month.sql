with

flags as (select * from {{ ref('vital_sign_flags') }}),

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

vital_signs as (select * from {{ ref('vital_signs') }}),

months as (select * from {{ ref('int_reporting_months') }})

select
    vital_signs.indicator_ref,
    months.month_end,
    string_agg(
        case when flags.rule = 'budget' then flags.reason end, '; ' order by flags.reason
    ) as budget_reason,
    string_agg(
        case when flags.rule = 'risk' then flags.reason end, '; ' order by flags.reason
    ) as risk_reason
from months
inner join flags
    on
        months.month_end >= flags.month_from
        and (flags.month_to is null or months.month_end <= flags.month_to)
inner join vital_signs
    on flags.vital_sign_code = vital_signs.vital_sign_code
-- decision 0037: a flag is a decision of one council
cross join extract_in_force
where extract_in_force.is_demonstration
group by vital_signs.indicator_ref, months.month_end
