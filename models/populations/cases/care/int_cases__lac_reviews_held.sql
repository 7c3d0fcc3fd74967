with

reviews as (select * from {{ ref('fct_lac_reviews') }}),

people as (select * from {{ ref('dim_person') }}),

in_denominator as (

    select reviews.*
    from reviews
    left join people
        on reviews.person_id = people.person_id
    where
        case
            -- G44: under four at the review according to its code, whatever the age
            when reviews.participation_code = 'PN0' then false
            when reviews.participation_code is not null then true
            -- 7.17: without a code, children aged four and over; age unknown is excluded (MD6)
            else coalesce({{ age_in_years('people.birth_date', 'reviews.held_date') }} >= 4, false)
        end

)

select
    review_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cla_reviews' as source_table,
    review_id as source_row_key,
    held_date as attribution_date,
    {{ month_end_of('held_date') }} as month_end,
    held_date as decided_on,
    -- 7.17: the child attended; 7.18: attended or took part another way. No code (MD3) is neither.
    cast(coalesce(participation_code in ('PN1', 'PN2', 'PN3', 'PN4'), false) as double)
        as measure_lac_review_attended,
    cast(coalesce(
        participation_code in ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6'), false
    ) as double) as measure_lac_review_participated
from in_denominator
