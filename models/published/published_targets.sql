with

tolerances as (select * from {{ ref('indicator_tolerances') }}),

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }})

select
    indicator_ref,
    valid_from,
    lead(valid_from) over (partition by indicator_ref order by valid_from) as valid_until,
    target_text,
    target_value,
    red_limit,
    green_limit,
    note,
    is_assumed
from tolerances
where (select extract_in_force.is_demonstration from extract_in_force)
