with

reviews as (select * from {{ ref('stg_ssd__lac_reviews') }} where unusable_for is null),

people as (select * from {{ ref('dim_person') }}),

episodes as (

    -- LRV-04: a child in the short-break series (V3, V4) is not reviewed
    select * from {{ ref('int_quality_lac_episodes') }} where not is_short_break

),

table_of_episodes as (

    select * from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_cla_episodes'

),

judged as (

    select
        reviews.*,
        reviews.held_date is not null
        and not coalesce(reviews.is_cancelled, false)
        and coalesce(reviews.status_code, 'HELD') not in ('PLANNED', 'CANCELLED') as is_held,
        {{ age_in_years('people.birth_date', 'reviews.held_date') }} as age
    from reviews
    left join people
        on reviews.person_id = people.person_id

),

held_in_care as (

    select distinct judged.review_id
    from judged
    inner join episodes
        on
            judged.person_id = episodes.person_id
            and judged.held_date >= episodes.start_date
            and judged.held_date <= episodes.last_day

),

checked as (

    select
        judged.*,
        -- episodes may be missing for the time before the table's history begins
        judged.is_held
        and judged.person_id is not null
        and held_in_care.review_id is null
        and table_of_episodes.has_rows
        and judged.held_date >= coalesce(table_of_episodes.history_from, judged.held_date)
            as is_out_of_care
    from judged
    cross join table_of_episodes
    left join held_in_care
        on judged.review_id = held_in_care.review_id

),

failed as (

    select
        source_row,
        is_held and participation_code is null as lrv_02__clar_cla_review_participation,
        is_held
        and case
            when participation_code = 'PN0' then age >= 4
            when participation_code in ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6', 'PN7')
                then age < 4
        end as lrv_03__clar_cla_review_participation,
        is_out_of_care as lrv_04__clar_cla_review_date,
        is_cancelled and held_date is not null as lrv_05__clar_cla_review_cancelled,
        status_code = 'CANCELLED' and not coalesce(is_cancelled, false) and held_date is not null
            as lrv_05__x_clar_status_code
    from checked

)

{{ failures_in('failed', 'ssd_cla_reviews') }}
