with

tolerances as (select * from {{ ref('indicator_tolerances') }}),

months as (select * from {{ ref('int_reporting_months') }})

select
    tolerances.indicator_ref,
    months.month_end,
    tolerances.target_text,
    tolerances.target_value,
    tolerances.red_limit,
    tolerances.green_limit
from months
inner join tolerances
    on months.month_end >= tolerances.valid_from
-- section 15: the limits are dated; those in force at the month's end apply
qualify
    row_number() over (
        partition by tolerances.indicator_ref, months.month_end
        order by tolerances.valid_from desc
    ) = 1
