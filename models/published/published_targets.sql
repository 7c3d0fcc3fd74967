with

tolerances as (select * from {{ ref('indicator_tolerances') }})

select
    indicator_ref,
    valid_from,
    lead(valid_from) over (partition by indicator_ref order by valid_from) as valid_until,
    target_text,
    target_value,
    red_limit,
    green_limit,
    note
from tolerances
