with

workers as (select * from {{ ref('stg_ssd__workers') }})

select
    worker_id,
    staff_id,
    -- entities: a blank flag with a registration number means yes
    coalesce(is_qualified_social_worker, has_registration_number, false)
        as is_qualified_social_worker
from workers
