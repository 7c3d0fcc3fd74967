with

vital_signs as (select * from {{ ref('vital_signs') }}),

months as (select * from {{ ref('int_reporting_months') }} where is_reported)

select
    vital_signs.vital_sign_code,
    months.month_end,
    vital_signs.indicator_ref,
    vital_signs.vital_sign_name,
    vital_signs.lead_officer_role,
    vital_signs.data_owner_role,
    vital_signs.display_order
from months
inner join vital_signs
    on
        months.month_end >= vital_signs.valid_from
        and (vital_signs.valid_to is null or months.month_end < vital_signs.valid_to)
