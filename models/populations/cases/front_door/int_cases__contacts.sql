with

contacts as (select * from {{ ref('fct_contacts') }})

select
    contact_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_contacts' as source_table,
    contact_id as source_row_key,
    received_date as attribution_date,
    {{ month_end_of('received_date') }} as month_end,
    received_date as decided_on,

    -- 2.1
    cast(1 as double) as measure_contact_received,

    -- 2.3: accepted as a referral; a second contact for the same referral does not count again
    cast(is_referral as double) as measure_contact_progressed

from contacts
