with

in_force as (

    select * from {{ ref('int_vital_signs_in_force') }}

),

report_cards as (

    select * from {{ ref('vital_sign_report_cards') }}

),

exceptions as (

    select * from {{ ref('indicator_exceptions') }} where area_code = 'COUNTY'

)

select
    in_force.vital_sign_code,
    in_force.month_end
from in_force
left join report_cards
    on
        in_force.vital_sign_code = report_cards.vital_sign_code
        and in_force.month_end = report_cards.month_end
left join exceptions
    on
        in_force.indicator_ref = exceptions.indicator_ref
        and in_force.month_end = exceptions.month_end
where
    report_cards.vital_sign_code is null
    or report_cards.is_exception <> (exceptions.indicator_ref is not null)
