with

records as (select * from {{ ref('stg_ssd__care_leavers') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }})

select
    records.care_leaver_record_id,
    records.person_id,
    records.eligibility_code,
    records.in_touch_code,
    records.accommodation_code,
    records.activity_code,
    -- 8.3: what is recorded; unknown is not suitable
    coalesce(records.is_accommodation_suitable, false) as is_accommodation_suitable,
    coalesce(records.as_at_date, extract_in_force.as_at_date) as as_at_date,
    records.from_date,
    records.to_date,
    records.pathway_plan_review_date
from records
cross join extract_in_force
where records.person_id is not null
