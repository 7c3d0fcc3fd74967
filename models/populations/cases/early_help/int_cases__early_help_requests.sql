with

requests as (select * from {{ ref('fct_early_help_requests') }})

select
    request_id as case_id,
    cast(null as varchar) as person_id,
    team_id,
    cast(null as varchar) as worker_id,
    'ssdx_early_help_requests' as source_table,
    request_id as source_row_key,
    received_date as attribution_date,
    {{ month_end_of('received_date') }} as month_end,
    received_date as decided_on,

    -- 1.1: families who asked for support
    cast(1 as double) as measure_support_requested

from requests
