with

people as (

    select
        person_id,
        birth_date,
        eighteenth_birthday,
        {{ birthday('birth_date', 14) }} as fourteenth_birthday,
        {{ birthday('birth_date', 16) }} as sixteenth_birthday
    from {{ ref('dim_person') }}
    where birth_date is not null

),

periods as (

    select * from {{ ref('fct_lac_periods') }}

),

months as (

    select * from {{ ref('int_reporting_months') }}

),

-- T6: care after the 18th birthday makes nobody a care leaver, so the count stops there
spent as (

    select
        periods.person_id,
        months.month_end,
        periods.start_date,
        -- a period that goes on at the end of the month has not ended in any way; the empty text
        -- keeps it the last one below, since max_by passes over nulls
        case
            when periods.end_date <= months.month_end then coalesce(periods.end_reason_code, '')
            else ''
        end as end_reason_key,
        people.fourteenth_birthday,
        people.sixteenth_birthday,
        least(
            coalesce(periods.end_date, months.month_end),
            months.month_end,
            people.eighteenth_birthday
        ) as counted_until
    from periods
    inner join people
        on periods.person_id = people.person_id
    inner join months
        on periods.start_date <= months.month_end
    -- nobody qualifies before 16, and 25 is the last year that counts
    where
        people.sixteenth_birthday <= months.month_end
        and {{ add_months('people.eighteenth_birthday', 96) }} > months.month_end

)

select
    person_id,
    month_end,
    sum(greatest(
        0, {{ days_between('greatest(start_date, fourteenth_birthday)', 'counted_until') }}
    )) as days_in_care_from_14,
    sum(greatest(
        0, {{ days_between('greatest(start_date, sixteenth_birthday)', 'counted_until') }}
    )) as days_in_care_from_16,
    nullif(max_by(end_reason_key, start_date), '') as last_end_reason_code
from spent
group by person_id, month_end
