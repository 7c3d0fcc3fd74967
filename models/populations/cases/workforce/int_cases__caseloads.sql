with

allocated as (select * from {{ ref('int_allocated_at_month_end') }}),

workers as (select * from {{ ref('dim_worker') }} where is_qualified_social_worker)

select
    allocated.person_id as case_id,
    allocated.person_id,
    allocated.team_id,
    allocated.worker_id,
    'ssd_involvements' as source_table,
    allocated.allocation_id as source_row_key,
    allocated.month_end as attribution_date,
    allocated.month_end,
    allocated.start_date as decided_on,

    -- section 11: a child on a qualified worker's caseload, by the type of the allocation's team;
    -- 11.1 takes assessment and family intervention together
    case when allocated.team_type_code in ('ASSESSMENT', 'FIT') then cast(1 as double) end
        as measure_caseload_safeguarding,
    case when allocated.team_type_code = 'LAC' then cast(1 as double) end
        as measure_caseload_lac,
    case when allocated.team_type_code = 'ASSESSMENT' then cast(1 as double) end
        as measure_caseload_assessment,
    case when allocated.team_type_code = 'FIT' then cast(1 as double) end
        as measure_caseload_fit,
    case when allocated.team_type_code = 'CWD' then cast(1 as double) end
        as measure_caseload_cwd,
    case when allocated.team_type_code = 'NIPE' then cast(1 as double) end
        as measure_caseload_nipe

from allocated
inner join workers
    on allocated.worker_id = workers.worker_id
where allocated.team_id is not null
