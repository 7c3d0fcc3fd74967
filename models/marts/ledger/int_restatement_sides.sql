with

versions as (select * from {{ ref('stg_ledger__versions') }} where is_latest),

frozen_stats as (

    select distinct
        month_end,
        version,
        indicator_ref,
        numerator_stat
    from {{ ref('stg_ledger__values') }}

),

indicators as (select * from {{ ref('indicators') }}),

sides as (

    select
        frozen.month_end,
        frozen.indicator_ref,
        frozen.period,
        frozen.area_code,
        frozen.case_id,
        frozen.case_month_end,
        false as is_now,
        frozen_stats.numerator_stat,
        frozen.person_id,
        frozen.team_id,
        frozen.worker_id,
        frozen.source_table,
        frozen.source_row_key,
        frozen.numerator,
        frozen.denominator
    from {{ ref('stg_ledger__cases') }} as frozen
    inner join versions
        on
            frozen.month_end = versions.month_end
            and frozen.version = versions.version
    inner join frozen_stats
        on
            frozen.month_end = frozen_stats.month_end
            and frozen.version = frozen_stats.version
            and frozen.indicator_ref = frozen_stats.indicator_ref
    union all
    select
        current_cases.month_end,
        current_cases.indicator_ref,
        current_cases.period,
        current_cases.area_code,
        current_cases.case_id,
        current_cases.case_month_end,
        true as is_now,
        indicators.numerator_stat,
        current_cases.person_id,
        current_cases.team_id,
        current_cases.worker_id,
        current_cases.source_table,
        current_cases.source_row_key,
        current_cases.numerator,
        current_cases.denominator
    from {{ ref('int_figure_cases') }} as current_cases
    inner join versions
        on current_cases.month_end = versions.month_end
    inner join indicators
        on current_cases.indicator_ref = indicators.indicator_ref
    where current_cases.measure_value is not null

)

select
    month_end,
    indicator_ref,
    period,
    area_code,
    case_id,
    case_month_end,
    is_now,
    person_id,
    team_id,
    worker_id,
    source_table,
    source_row_key,
    -- a largest caseload is one worker's; the others' cases contribute nothing to it
    case when numerator_stat = 'maximum' then 0 else numerator end as numerator,
    coalesce(denominator, 0) as denominator,
    numerator as caseload
from sides
