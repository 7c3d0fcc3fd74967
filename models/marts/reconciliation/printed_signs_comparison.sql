with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

printed_rag as (select * from {{ ref('printed_rag') }}),

printed_direction as (select * from {{ ref('printed_direction') }}),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }}),

scorecard as (select * from {{ ref('indicator_scorecard') }}),

contradictions as (select * from {{ ref('printed_contradictions') }} where measure = 'value'),

signs as (

    select
        indicator_ref,
        month_end,
        area_code,
        'rag' as sign_type,
        printed_rag as printed_sign,
        'sure' as certainty,
        note
    from printed_rag
    union all
    select
        indicator_ref,
        month_end,
        'COUNTY' as area_code,
        'direction' as sign_type,
        printed_direction as printed_sign,
        -- an arrow that came through as a letter was restored from its shape
        case when basis = 'arrow' then 'sure' else 'repaired' end as certainty,
        note
    from printed_direction

),

matched as (

    select
        signs.indicator_ref,
        signs.month_end,
        signs.area_code,
        signs.sign_type,
        indicators.section_code,
        areas.area_type,
        signs.certainty,
        coalesce(scorecard.availability, 'not_reported') as availability,
        contradictions.check_id,
        signs.printed_sign,
        case
            when signs.sign_type = 'rag' then scorecard.rag_status
            else scorecard.direction_of_travel
        end as computed_sign,
        contradictions.reason as contradiction,
        signs.note
    from signs
    -- decision 0037: the printed report is the demonstration county's
    inner join extract_in_force
        on extract_in_force.is_demonstration
    inner join indicators
        on signs.indicator_ref = indicators.indicator_ref
    inner join areas
        on signs.area_code = areas.area_code
    left join scorecard
        on
            signs.indicator_ref = scorecard.indicator_ref
            and signs.month_end = scorecard.month_end
            and signs.area_code = scorecard.area_code
    -- a symbol follows its figure: where the figure is contradicted, the symbol may differ too
    left join contradictions
        on
            signs.indicator_ref = contradictions.indicator_ref
            and signs.month_end = contradictions.month_end
            and areas.area_type = 'county'

)

select
    indicator_ref,
    month_end,
    area_code,
    sign_type,
    section_code,
    area_type,
    certainty,
    availability,
    check_id,
    printed_sign,
    computed_sign,
    {{ reconciliation_status('printed_sign', 'computed_sign') }} as status,
    case
        when computed_sign is null then {{ reason_not_computed('availability') }}
        else contradiction
    end as reason,
    note
from matched
