with

conferences as (select * from {{ ref('stg_ssd__initial_cp_conferences') }}),

held as (

    select
        conference_id,
        person_id,
        meeting_id,
        s47_id,
        team_id,
        case when is_transfer_in then 'TRANSFER_IN' else 'ICPC' end as conference_type,
        strategy_date,
        held_date
    from conferences
    where
        held_date is not null
        and coalesce(status_code, 'HELD') not in ('PLANNED', 'CANCELLED')

)

select *
from held
-- G51: a child's rows with the same meeting id are one conference, on the day it first met. Rows
-- without a child or a meeting id are kept as they are.
qualify
    person_id is null
    or meeting_id is null
    or row_number() over (
        partition by conference_type, person_id, meeting_id
        order by held_date, conference_id
    ) = 1
