{% set wanted_first_month = asked_for('first_month') %}

with

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

-- section 1: a month is complete when its last day is on or before the extract's date
last_complete as (

    select
        case
            when as_at_date = {{ month_end_of('as_at_date') }}
                then {{ month_start_of('as_at_date') }}
            else {{ add_months(month_start_of('as_at_date'), -1) }}
        end as last_month_start
    from extract_in_force

),

reported as (

    select
        last_month_start,
        {% if wanted_first_month %}
            {{ month_start_of("date '" ~ wanted_first_month ~ "'") }} as first_month_start
        {% else %}
            {{ add_months('last_month_start', 1 - var('months_reported') | int) }}
                as first_month_start
        {% endif %}
    from last_complete

),

-- a previous year to date needs the months of the financial year before the first one
computed as (

    select
        last_month_start,
        first_month_start,
        {{ add_months(financial_year_start_of('first_month_start'), -12) }} as from_month_start
    from reported

),

days as (

    select
        calendar_date as month_start,
        month_end
    from {{ ref('dim_calendar_day') }}
    where extract(day from calendar_date) = 1

)

select
    days.month_end,
    days.month_start,
    {{ add_months('days.month_start', -2) }} as rolling_3_start,
    {{ add_months('days.month_start', -11) }} as rolling_12_start,
    {{ financial_year_start_of('days.month_start') }} as financial_year_start,
    days.month_start >= computed.first_month_start as is_reported
from days
inner join computed
    on days.month_start between computed.from_month_start and computed.last_month_start
