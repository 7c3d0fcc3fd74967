with

days as (

    {{ days_from_to(
        "date '" ~ var('calendar_first_day') ~ "'", "date '" ~ var('calendar_last_day') ~ "'"
    ) }}

),

bank_holidays as (select holiday_date from {{ ref('bank_holidays') }}),

marked as (

    select
        days.calendar_date,
        -- section 4: Monday to Friday, and not a bank holiday in England and Wales
        extract(isodow from days.calendar_date) <= 5
        and bank_holidays.holiday_date is null as is_working_day
    from days
    left join bank_holidays
        on days.calendar_date = bank_holidays.holiday_date

)

select
    marked.calendar_date,
    {{ month_end_of('marked.calendar_date') }} as month_end,
    cast(sum(cast(marked.is_working_day as integer)) over (
        order by marked.calendar_date
        rows between unbounded preceding and current row
    ) as integer) as working_day_number,
    marked.is_working_day
from marked
