with

households as (select * from {{ ref('fct_carer_households') }}),

events as (

    select
        carer_approval_id,
        carer_type_code,
        'approved' as event_name,
        approved_date as event_date
    from households
    union all
    select
        carer_approval_id,
        carer_type_code,
        'ceased' as event_name,
        ceased_date as event_date
    from households
    where ceased_date is not null

)

select
    carer_approval_id || '|' || event_name as case_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssdx_foster_carer_households' as source_table,
    carer_approval_id as source_row_key,
    event_date as attribution_date,
    {{ month_end_of('event_date') }} as month_end,
    event_date as decided_on,

    -- 12.10, and 12.7 to 12.9 by type
    case when event_name = 'approved' then cast(1 as double) end as measure_household_approved,
    case when event_name = 'approved' then cast(carer_type_code = 'TASK' as double) end
        as measure_household_approved_task_centred,
    case when event_name = 'approved' then cast(carer_type_code = 'KIN' as double) end
        as measure_household_approved_kinship,
    case when event_name = 'approved' then cast(carer_type_code = 'SHORT_OTHER' as double) end
        as measure_household_approved_short_breaks,

    -- 12.26, and 12.23 to 12.25 by type
    case when event_name = 'ceased' then cast(1 as double) end as measure_household_ceased,
    case when event_name = 'ceased' then cast(carer_type_code = 'TASK' as double) end
        as measure_household_ceased_task_centred,
    case when event_name = 'ceased' then cast(carer_type_code = 'KIN' as double) end
        as measure_household_ceased_kinship,
    case when event_name = 'ceased' then cast(carer_type_code = 'SHORT_OTHER' as double) end
        as measure_household_ceased_short_breaks

from events
