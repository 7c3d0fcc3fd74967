with

periods as (select * from {{ ref('fct_lac_periods') }}),

in_period as (

    select
        periods.lac_period_id,
        reviews.review_id,
        periods.start_date as period_start_date,
        reviews.held_date,
        row_number() over period_order as review_number,
        lag(reviews.held_date) over period_order as previous_held_date,
        lead(reviews.held_date) over period_order as next_held_date
    from periods
    inner join {{ ref('fct_lac_reviews') }} as reviews
        on
            periods.person_id = reviews.person_id
            -- 7.7: reviews of earlier periods do not count; G44: the first day does
            and periods.start_date <= reviews.held_date
            and (periods.end_date is null or periods.end_date >= reviews.held_date)
    window
        period_order as (partition by lac_period_id order by reviews.held_date, reviews.review_id)

)

select
    in_period.lac_period_id,
    in_period.review_id,
    cast(in_period.review_number as integer) as review_number,
    {{ working_days_between('period_start_day', 'held_day') }} as working_days_from_start,
    in_period.held_date,
    in_period.previous_held_date,
    in_period.next_held_date
from in_period
left join {{ ref('dim_calendar_day') }} as period_start_day
    on in_period.period_start_date = period_start_day.calendar_date
left join {{ ref('dim_calendar_day') }} as held_day
    on in_period.held_date = held_day.calendar_date
