with

people as (

    select
        person_id,
        eighteenth_birthday,
        {{ birthday('birth_date', 14) }} as fourteenth_birthday,
        {{ birthday('birth_date', 16) }} as sixteenth_birthday,
        {{ birthday('birth_date', 26) }} as twenty_sixth_birthday
    from {{ ref('dim_person') }}
    where birth_date is not null

),

months as (select * from {{ ref('int_reporting_months') }}),

begun as (

    select
        periods.person_id,
        months.month_end,
        periods.start_date,
        case when periods.end_date <= months.month_end then periods.end_date end as end_date,
        periods.end_reason_code,
        people.fourteenth_birthday,
        people.sixteenth_birthday,
        people.eighteenth_birthday
    from {{ ref('fct_lac_periods') }} as periods
    inner join people
        on periods.person_id = people.person_id
    inner join months
        on
            periods.start_date <= months.month_end
            and people.sixteenth_birthday <= months.month_end
            and people.twenty_sixth_birthday > months.month_end

),

-- T6: the position when the person last left care, at 18, or now if still in care
judged_on as (

    select
        person_id,
        month_end,
        greatest(
            max(end_date),
            max(case
                when eighteenth_birthday <= month_end then eighteenth_birthday
                when end_date is null then month_end
            end)
        ) as judged_date
    from begun
    group by person_id, month_end

),

spent as (

    select
        begun.*,
        least(coalesce(begun.end_date, judged_on.judged_date), judged_on.judged_date)
            as counted_until
    from begun
    inner join judged_on
        on
            begun.person_id = judged_on.person_id
            and begun.month_end = judged_on.month_end

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
    -- empty text for no end and no reason, since max_by skips nulls and would use an earlier period
    nullif(
        max_by(
            case when end_date is null then '' else coalesce(end_reason_code, '') end, start_date
        ),
        ''
    ) as last_end_reason_code
from spent
group by person_id, month_end
