with

targets as (select * from {{ ref('committee_targets') }}),

vital_signs as (select * from {{ ref('int_vital_signs_in_force') }})

select
    vital_signs.vital_sign_code,
    vital_signs.month_end,
    targets.target_value as goal_value,
    targets.target_date as goal_date
from vital_signs
inner join targets
    on
        vital_signs.vital_sign_code = targets.vital_sign_code
        and vital_signs.month_end <= targets.target_date
-- of several targets still ahead, the next one
qualify
    row_number() over (
        partition by vital_signs.vital_sign_code, vital_signs.month_end
        order by targets.target_date
    ) = 1
