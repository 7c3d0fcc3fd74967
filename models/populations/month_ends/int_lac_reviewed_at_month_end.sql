with

looked_after as (select * from {{ ref('int_looked_after_at_month_end') }}),

reviews as (select * from {{ ref('int_lac_reviews_in_periods') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

calendar as (select * from {{ ref('dim_calendar_day') }}),

last_review_days as (

    {{ latest_on_or_before(
        'looked_after', 'month_end', 'reviews', 'held_date', key='lac_period_id'
    ) }}

),

-- of two reviews on one day, the second
last_of_a_day as (

    select * from reviews
    where next_held_date is null or next_held_date > held_date

),

latest as (

    select
        looked_after.person_id,
        looked_after.month_end,
        last_of_a_day.review_number,
        last_of_a_day.held_date,
        last_of_a_day.previous_held_date,
        last_of_a_day.working_days_from_start,
        {{ working_days_between('start_day', 'month_end_day') }} as working_days_in_care
    from looked_after
    left join calendar as start_day
        on looked_after.start_date = start_day.calendar_date
    left join calendar as month_end_day
        on looked_after.month_end = month_end_day.calendar_date
    left join last_review_days
        on
            looked_after.lac_period_id = last_review_days.lac_period_id
            and looked_after.month_end = last_review_days.month_end
    left join last_of_a_day
        on
            last_review_days.lac_period_id = last_of_a_day.lac_period_id
            and last_review_days.latest_date = last_of_a_day.held_date

),

{% set second_months = 'cast(parameters.lac_review_second_months as integer)' %}
{% set next_months = 'cast(parameters.lac_review_next_months as integer)' %}

judged as (

    select
        latest.*,
        parameters.lac_review_first_wd,
        -- (i) the latest review was on time
        case
            when latest.review_number = 1
                then latest.working_days_from_start <= parameters.lac_review_first_wd
            when latest.review_number = 2
                then
                    latest.held_date
                    <= {{ add_months('latest.previous_held_date', second_months) }}
            when latest.review_number > 2
                then latest.held_date <= {{ add_months('latest.previous_held_date', next_months) }}
        end as was_on_time,
        -- (ii) none is overdue at the end of the month
        case
            when latest.review_number = 1
                then latest.month_end <= {{ add_months('latest.held_date', second_months) }}
            when latest.review_number > 1
                then latest.month_end <= {{ add_months('latest.held_date', next_months) }}
        end as is_next_in_time
    from latest
    inner join parameters
        on latest.month_end = parameters.month_end

)

select
    person_id,
    month_end,
    held_date as last_review_date,
    coalesce(was_on_time and is_next_in_time, false) as is_reviewed_in_time
from judged
where
    -- 7.7: reviewed at least once, or the first review is due
    review_number is not null
    or working_days_in_care > lac_review_first_wd
