with

indicator_values as (select * from {{ ref('fct_indicator_values') }}),

indicators as (select * from {{ ref('indicators') }}),

areas as (select * from {{ ref('areas') }}),

scorecard as (select * from {{ ref('indicator_scorecard') }}),

-- T8: what is in the county but in no locality; only counts can be added up
in_localities as (

    select
        indicator_values.indicator_ref,
        indicator_values.month_end,
        sum(indicator_values.value) as counted
    from indicator_values
    inner join indicators
        on indicator_values.indicator_ref = indicators.indicator_ref
    inner join areas
        on indicator_values.area_code = areas.area_code
    where
        areas.area_type = 'locality'
        and indicators.denominator_stat = 'none'
        and indicators.numerator_stat <> 'maximum'
    group by indicator_values.indicator_ref, indicator_values.month_end
    -- localities that are not available have no total
    having count(indicator_values.value) = count(*)

)

select
    indicator_values.indicator_ref,
    indicator_values.month_end,
    indicator_values.area_code,
    areas.area_name,
    indicators.indicator_name,
    indicators.unit,
    indicators.display_order,
    indicator_values.value,
    indicator_values.numerator,
    indicator_values.denominator,
    case when indicator_values.area_code = 'COUNTY' then indicator_values.value end
    - in_localities.counted as not_allocated_count,
    scorecard.rag_status,
    indicator_values.availability
from indicator_values
inner join indicators
    on indicator_values.indicator_ref = indicators.indicator_ref
inner join areas
    on
        indicator_values.area_code = areas.area_code
        and areas.area_type <> 'not_allocated'
left join scorecard
    on
        indicator_values.indicator_ref = scorecard.indicator_ref
        and indicator_values.month_end = scorecard.month_end
        and indicator_values.area_code = scorecard.area_code
left join in_localities
    on
        indicator_values.indicator_ref = in_localities.indicator_ref
        and indicator_values.month_end = in_localities.month_end
