with

households as (select * from {{ ref('stg_ssd__carer_households') }})

select
    carer_approval_id,
    household_id,
    -- section 12: any type but the two named, or no type, is short breaks and others
    case when carer_type_code in ('TASK', 'KIN') then carer_type_code else 'SHORT_OTHER' end
        as carer_type_code,
    approved_date,
    ceased_date
from households
where unusable_for is null
