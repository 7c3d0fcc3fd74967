with

flags as (select * from {{ ref('vital_sign_flags') }}),

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }})

select
    vital_sign_code,
    rule,
    month_from,
    month_to,
    reason,
    author_role,
    flagged_on
from flags
where (select extract_in_force.is_demonstration from extract_in_force)
