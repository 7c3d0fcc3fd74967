with

extract_in_force as (select is_demonstration from {{ ref('stg_landing__extract_in_force') }}),

indicators as (select * from {{ ref('indicators') }} where series_break_month is not null),

measures as (select * from {{ ref('measures') }}),

parameters as (select * from {{ ref('parameters') }}),

-- a limit that the rule reads changes for every council
changed_limits as (

    select distinct indicators.indicator_ref
    from indicators
    inner join measures
        on indicators.measure = measures.measure
    inner join parameters
        on {{ month_end_of('parameters.valid_from') }} = indicators.series_break_month
    where
        position(
            ' ' || parameters.parameter_name || ' ' in ' ' || measures.parameter_names || ' '
        ) > 0

)

-- decision 0037: a new form, or a jump in printed figures, is one council's own
select
    indicators.indicator_ref,
    indicators.series_break_reason,
    indicators.series_break_month
from indicators
cross join extract_in_force
left join changed_limits
    on indicators.indicator_ref = changed_limits.indicator_ref
where extract_in_force.is_demonstration or changed_limits.indicator_ref is not null
