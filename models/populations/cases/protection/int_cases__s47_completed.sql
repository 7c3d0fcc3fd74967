with

enquiries as (

    select * from {{ ref('fct_s47_enquiries') }}
    where completed_date is not null and not is_cancelled

)

select
    s47_id as case_id,
    person_id,
    team_id,
    cast(null as varchar) as worker_id,
    'ssd_s47_enquiry' as source_table,
    s47_id as source_row_key,
    completed_date as attribution_date,
    {{ month_end_of('completed_date') }} as month_end,
    completed_date as decided_on,

    -- 4.4: all completed enquiries, including those without an outcome
    cast(1 as double) as measure_s47_completed,

    -- 4.5 to 4.7: as a share of all of them
    cast(coalesce(outcome_group = 'SUBST_RISK', false) as double)
        as measure_s47_substantiated_at_risk,
    cast(coalesce(outcome_group = 'SUBST_NO_RISK', false) as double)
        as measure_s47_substantiated_not_at_risk,
    cast(coalesce(outcome_group = 'NOT_SUBST', false) as double)
        as measure_s47_not_substantiated

from enquiries
