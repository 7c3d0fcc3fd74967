with

checks as (select * from {{ ref('stg_ssd__health_checks') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }})

select
    checks.health_check_id,
    checks.person_id,
    checks.check_type_code,
    -- entities: no status means completed if the date has passed
    case
        when checks.status_code is null then checks.check_date <= extract_in_force.as_at_date
        else checks.status_code = 'COMPLETED'
    end as is_completed,
    checks.check_date
from checks
cross join extract_in_force
where checks.unusable_for is null
