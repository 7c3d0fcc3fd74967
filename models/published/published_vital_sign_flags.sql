with

flags as (select * from {{ ref('vital_sign_flags') }})

select
    vital_sign_code,
    rule,
    month_from,
    month_to,
    reason,
    author_role,
    flagged_on
from flags
