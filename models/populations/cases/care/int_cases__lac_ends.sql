with

periods as (select * from {{ ref('fct_lac_periods') }} where is_ceasing),

end_reasons as (select * from {{ ref('code_groups') }} where domain = 'lac_end_reason')

select
    periods.lac_period_id as case_id,
    periods.person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cla_episodes' as source_table,
    periods.lac_period_id as source_row_key,
    -- G11: the allocation of the day before the end
    {{ add_days('periods.end_date', -1) }} as attribution_date,
    {{ month_end_of('periods.end_date') }} as month_end,
    periods.end_date as decided_on,

    -- 7.4
    cast(1 as double) as measure_lac_ended,

    -- 7.5: adopted, or under a special guardianship or residence order; no reason counts as neither
    cast(coalesce(end_reasons.code_group in ('PERMANENCE', 'ADOPTION'), false) as double)
        as measure_lac_ended_by_permanence,

    -- 7.8
    cast(coalesce(end_reasons.code_group = 'ADOPTION', false) as double)
        as measure_lac_ended_by_adoption

from periods
left join end_reasons
    on
        periods.end_reason_code = end_reasons.code
        and {{ holds_on('end_reasons', 'periods.end_date') }}
