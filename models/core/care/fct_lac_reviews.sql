with

reviews as (select * from {{ ref('stg_ssd__lac_reviews') }})

select
    review_id,
    person_id,
    participation_code,
    held_date
from reviews
where
    -- 7.7 and entities: only a review that was held
    held_date is not null
    and not coalesce(is_cancelled, false)
    and coalesce(status_code, 'HELD') not in ('PLANNED', 'CANCELLED')
