with

periods as (select * from {{ ref('fct_lac_periods') }} where end_date is not null),

end_reasons as (select * from {{ ref('code_groups') }} where domain = 'lac_end_reason'),

decisions as (select * from {{ ref('int_permanence_decisions_identified') }}),

adopted as (

    select
        periods.lac_period_id,
        periods.person_id,
        periods.start_date,
        periods.end_date as order_date
    from periods
    inner join end_reasons
        on
            periods.end_reason_code = end_reasons.code
            and {{ holds_on('end_reasons', 'periods.end_date') }}
            and end_reasons.code_group = 'ADOPTION'

),

matched as (

    select
        adopted.*,
        decisions.permanence_decision_id,
        case
            when
                decisions.shobpa_reversed_date is null
                and decisions.shobpa_date <= adopted.order_date
                then decisions.shobpa_date
        end as shobpa_date,
        decisions.placement_order_date,
        decisions.matched_date,
        decisions.placed_date
    from adopted
    left join decisions
        on adopted.person_id = decisions.person_id

)

select
    lac_period_id,
    person_id,
    permanence_decision_id,
    start_date,
    shobpa_date,
    placement_order_date,
    matched_date,
    placed_date,
    order_date
from matched
-- G47: the row with the latest decision in force, otherwise the latest placement
qualify
    row_number() over (
        partition by lac_period_id
        order by
            shobpa_date desc nulls last,
            case when shobpa_date is null then placed_date end desc nulls last,
            permanence_decision_id desc nulls last
    ) = 1
