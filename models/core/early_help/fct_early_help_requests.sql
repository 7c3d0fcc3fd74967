with

requests as (select * from {{ ref('stg_ssd__early_help_requests') }})

select
    request_id,
    family_id,
    team_id,
    outcome_code,
    received_date
from requests
where
    -- entities: entered twice or in error
    coalesce(status_code, '') not in ('DUPLICATE', 'ERROR')
    and unusable_for is null
