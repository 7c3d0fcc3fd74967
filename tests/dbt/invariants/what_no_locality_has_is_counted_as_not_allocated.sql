with

localities as (

    select * from {{ ref('detail_localities') }} where not_allocated_count is not null

),

not_allocated as (

    select * from {{ ref('fct_indicator_values') }} where area_code = 'NOT_ALLOCATED'

)

select
    localities.indicator_ref,
    localities.month_end,
    localities.not_allocated_count,
    not_allocated.value as expected
from localities
inner join not_allocated
    on
        localities.indicator_ref = not_allocated.indicator_ref
        and localities.month_end = not_allocated.month_end
where localities.not_allocated_count is distinct from not_allocated.value
