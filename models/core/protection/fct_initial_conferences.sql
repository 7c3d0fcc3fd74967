with

conferences as (select * from {{ ref('int_initial_conferences_held') }}),

enquiries as (select * from {{ ref('fct_s47_enquiries') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

-- 6.4: without a link, the child's latest enquiry in the six months up to the conference
latest_enquiries as (

    select
        conferences.conference_id,
        max(enquiries.strategy_date) as strategy_date
    from conferences
    inner join enquiries
        on
            conferences.person_id = enquiries.person_id
            and not enquiries.is_cancelled
            and conferences.held_date >= enquiries.strategy_date
            and enquiries.strategy_date >= {{ add_months('conferences.held_date', -6) }}
    group by conferences.conference_id

),

clocked as (

    select
        conferences.*,
        coalesce(
            conferences.strategy_date, linked.strategy_date, latest_enquiries.strategy_date
        ) as clock_start_date
    from conferences
    left join enquiries as linked
        on conferences.s47_id = linked.s47_id
    left join latest_enquiries
        on conferences.conference_id = latest_enquiries.conference_id

)

select
    clocked.conference_id,
    clocked.person_id,
    clocked.s47_id,
    clocked.team_id,
    clocked.conference_type,
    {{ working_days_between('clock_start_day', 'held_day') }} as working_days_from_strategy,
    clocked.clock_start_date as strategy_date,
    clocked.held_date
from clocked
left join calendar as clock_start_day
    on clocked.clock_start_date = clock_start_day.calendar_date
left join calendar as held_day
    on clocked.held_date = held_day.calendar_date
