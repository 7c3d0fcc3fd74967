select
    vital_sign_code,
    rule,
    month_from,
    month_to
from {{ ref('vital_sign_flags') }}
where
    month_from <> {{ month_end_of('month_from') }}
    or month_to <> {{ month_end_of('month_to') }}
    or month_to < month_from
