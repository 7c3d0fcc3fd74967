with

exceptions as (

    select
        *,
        concat_ws(
            ', ',
            case when is_off_target then 'a' end,
            case when has_worsened_three_times then 'b' end,
            case when is_flagged_budget then 'c' end,
            case when is_flagged_risk then 'd' end
        ) as rules_of_booleans
    from {{ ref('indicator_exceptions') }}

),

scorecard as (

    select * from {{ ref('indicator_scorecard') }}

)

select
    scorecard.indicator_ref,
    scorecard.month_end,
    scorecard.area_code,
    'red but not on the list' as problem
from scorecard
left join exceptions
    on
        scorecard.indicator_ref = exceptions.indicator_ref
        and scorecard.month_end = exceptions.month_end
        and scorecard.area_code = exceptions.area_code
where
    scorecard.rag_status = 'red'
    and exceptions.indicator_ref is null

union all

select
    exceptions.indicator_ref,
    exceptions.month_end,
    exceptions.area_code,
    'not as on the scorecard' as problem
from exceptions
left join scorecard
    on
        exceptions.indicator_ref = scorecard.indicator_ref
        and exceptions.month_end = scorecard.month_end
        and exceptions.area_code = scorecard.area_code
where
    scorecard.indicator_ref is null
    or exceptions.value_m0 is distinct from scorecard.value_m0
    or exceptions.value_m3 is distinct from scorecard.value_m3
    or exceptions.target_value is distinct from scorecard.target_value
    or exceptions.rag_status is distinct from scorecard.rag_status
    or exceptions.direction_of_travel is distinct from scorecard.direction_of_travel
    or exceptions.exception_rules <> exceptions.rules_of_booleans
