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
cross join extract_in_force
where extract_in_force.is_demonstration
