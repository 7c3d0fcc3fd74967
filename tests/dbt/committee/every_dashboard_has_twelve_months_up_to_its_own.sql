with

dashboard as (

    select * from {{ ref('vital_sign_dashboard') }}

),

scorecard as (

    select * from {{ ref('indicator_scorecard') }}

),

incomplete as (

    select
        vital_sign_code,
        month_end,
        area_code
    from dashboard
    group by vital_sign_code, month_end, area_code
    having
        count(*) <> 12
        or count(distinct shown_month_end) <> 12
        or max(shown_month_end) <> month_end
        or min(months_before) <> 0
        or max(months_before) <> 11

)

select
    vital_sign_code,
    month_end,
    area_code,
    'not twelve months' as problem
from incomplete

union all

select
    dashboard.vital_sign_code,
    dashboard.month_end,
    dashboard.area_code,
    'not as on the scorecard' as problem
from dashboard
left join scorecard
    on
        dashboard.indicator_ref = scorecard.indicator_ref
        and dashboard.shown_month_end = scorecard.month_end
        and dashboard.area_code = scorecard.area_code
where
    dashboard.months_before = 0
    and (
        scorecard.indicator_ref is null
        or dashboard.value is distinct from scorecard.value_m0
        or dashboard.rag_status is distinct from scorecard.rag_status
    )
