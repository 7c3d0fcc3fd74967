with

adoptions as (select * from {{ ref('fct_adoptions') }})

select
    lac_period_id as case_id,
    person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cla_episodes' as source_table,
    lac_period_id as source_row_key,
    -- G11: the allocation of the day before the order
    {{ add_days('order_date', -1) }} as attribution_date,
    {{ month_end_of('order_date') }} as month_end,
    order_date as decided_on,
    shobpa_date as decided_on_adoption_within_12_months,
    placed_date as decided_on_adoption_days_to_placement,
    matched_date as decided_on_adoption_days_order_to_match,

    -- 10.1: ordered within twelve months of the decision; without a decision, not met
    cast(coalesce(order_date <= {{ add_months('shobpa_date', 12) }}, false) as double)
        as measure_adoption_within_12_months,

    -- 10.2 (A1): days from coming into care to the placement; placed before that counts as 0
    case
        when placed_date is not null
            then cast(greatest(0, {{ days_between('start_date', 'placed_date') }}) as double)
    end as measure_adoption_days_to_placement,

    -- 10.3 (A2): days from the placement order to the match, for those placed; 0 if matched earlier
    case
        when
            placement_order_date is not null
            and matched_date is not null
            and placed_date is not null
            then cast(greatest(
                0, {{ days_between('placement_order_date', 'matched_date') }}
            ) as double)
    end as measure_adoption_days_order_to_match
from adoptions
