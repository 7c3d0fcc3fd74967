with

cases as (

    select * from {{ ref('fct_early_help_cases') }}
    where case_type_code = 'LEAD' and closed_date is not null and not is_continued

)

select
    case_id,
    cast(null as varchar) as person_id,
    team_id,
    cast(null as varchar) as worker_id,
    'ssdx_early_help_cases' as source_table,
    case_id as source_row_key,
    closed_date as attribution_date,
    {{ month_end_of('closed_date') }} as month_end,
    closed_date as decided_on,

    -- 1.2: closed, and not opened again the same day
    cast(1 as double) as measure_early_help_case_closed

from cases
