with

reviews as (

    {{ with_surviving_person(ref('stg_ssd__lac_reviews'), ref('int_people_merged')) }}

)

select
    review_id,
    surviving_person_id as person_id,
    participation_code,
    held_date
from reviews
where
    -- 7.7 and entities: only a review that was held
    held_date is not null
    and not coalesce(is_cancelled, false)
    and coalesce(status_code, 'HELD') not in ('PLANNED', 'CANCELLED')
