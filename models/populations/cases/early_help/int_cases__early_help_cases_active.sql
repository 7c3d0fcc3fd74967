with

cases as (select * from {{ ref('fct_early_help_cases') }}),

months as (select * from {{ ref('int_reporting_months') }})

select
    cases.case_id,
    cast(null as varchar) as person_id,
    cases.team_id,
    cast(null as varchar) as worker_id,
    'ssdx_early_help_cases' as source_table,
    cases.case_id as source_row_key,
    months.month_end as attribution_date,
    months.month_end,
    cases.opened_date as decided_on,

    -- 1.3: early help holds the case; 1.5: social work does and early help supports it
    case when cases.case_type_code = 'LEAD' then cast(1 as double) end
        as measure_early_help_case_active,
    case when cases.case_type_code = 'SW_SUPPORT' then cast(1 as double) end
        as measure_social_work_case_supported

from cases
inner join months
    on {{ is_open_at('cases.opened_date', 'cases.closed_date', 'months.month_end') }}
