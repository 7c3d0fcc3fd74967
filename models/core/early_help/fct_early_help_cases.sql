with

recorded_cases as (

    select
        case_id,
        family_id,
        request_id,
        team_id,
        case_type_code,
        origin_code,
        opened_date,
        closed_date
    from {{ ref('stg_ssd__early_help_cases') }}
    where unusable_for is null

),

episodes as (select * from {{ ref('stg_ssd__early_help_episodes') }}),

-- entities: an episode without a case is a LEAD case of its one child, with the same dates
made_cases as (

    select
        'EPISODE-' || episode_id as case_id,
        cast(null as varchar) as family_id,
        cast(null as varchar) as request_id,
        cast(null as varchar) as team_id,
        'LEAD' as case_type_code,
        cast(null as varchar) as origin_code,
        joined_date as opened_date,
        left_date as closed_date
    from episodes
    where case_id is null and unusable_for is null

),

cases as (

    select * from recorded_cases
    union all
    select * from made_cases

),

-- G54 and G64: the same family's previous and next case of the type
neighbours as (

    select
        *,
        lag(closed_date) over (
            partition by case_type_code, family_id order by opened_date, case_id
        ) as previous_closed_date,
        lead(opened_date) over (
            partition by case_type_code, family_id order by opened_date, case_id
        ) as next_opened_date
    from cases

)

select
    case_id,
    family_id,
    request_id,
    team_id,
    case_type_code,
    origin_code,
    -- section 8: reopened on the day the family's last case closed, it continues
    coalesce(family_id is not null and opened_date = previous_closed_date, false)
        as is_continuation,
    coalesce(family_id is not null and closed_date = next_opened_date, false) as is_continued,
    opened_date,
    closed_date
from neighbours
