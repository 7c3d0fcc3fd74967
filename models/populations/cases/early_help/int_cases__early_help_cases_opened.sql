with

cases as (

    select * from {{ ref('fct_early_help_cases') }}
    where case_type_code = 'LEAD' and not is_continuation

),

rereferrals as (select * from {{ ref('int_early_help_rereferrals') }})

select
    cases.case_id,
    cast(null as varchar) as person_id,
    cases.team_id,
    cast(null as varchar) as worker_id,
    'ssdx_early_help_cases' as source_table,
    cases.case_id as source_row_key,
    cases.opened_date as attribution_date,
    {{ month_end_of('cases.opened_date') }} as month_end,
    cases.opened_date as decided_on,
    rereferrals.earlier_closed_date as decided_on_early_help_case_rereferred,

    -- 1.1a
    cast(1 as double) as measure_early_help_case_opened,

    -- 1.8: the family had a case that closed in the twelve months before
    cast(rereferrals.case_id is not null as double) as measure_early_help_case_rereferred,

    -- 1.9: stepped down from social care; not if no origin is recorded (MD4)
    cast(coalesce(cases.origin_code = 'STEP_DOWN', false) as double)
        as measure_early_help_case_stepped_down

from cases
left join rereferrals
    on cases.case_id = rereferrals.case_id
