with

statuses as (select * from {{ ref('fct_care_leaver_statuses') }} where from_date is not null),

-- entities: rows with one person, category and first day are one spell; the newest gives its end
newest as (

    select *
    from statuses
    qualify
        row_number() over (
            partition by person_id, eligibility_code, from_date
            order by as_at_date desc, care_leaver_record_id desc
        ) = 1

)

select
    care_leaver_record_id,
    person_id,
    eligibility_code,
    from_date as start_date,
    to_date as end_date
from newest
-- G22: ended before it began
where to_date is null or to_date >= from_date
