with

vital_signs as (select * from {{ ref('vital_signs') }})

select
    vital_sign_code,
    indicator_ref,
    vital_sign_name,
    lead_officer_role,
    data_owner_role,
    valid_from,
    valid_to,
    cast(display_order as integer) as display_order
from vital_signs
