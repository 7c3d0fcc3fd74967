with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

indicators as (select * from {{ ref('indicators') }} where status = 'live'),

indicator_texts as (select * from {{ ref('indicator_texts') }}),

sections as (select * from {{ ref('report_sections') }}),

-- the series of any council breaks where a limit changes that the rule of the indicator reads
changed_limits as (

    select distinct indicators.indicator_ref
    from indicators
    inner join {{ ref('measures') }} as rules
        on indicators.measure = rules.measure
    inner join {{ ref('parameters') }} as limits
        on {{ month_end_of('limits.valid_from') }} = indicators.series_break_month
    where
        position(
            ' ' || limits.parameter_name || ' ' in ' ' || rules.parameter_names || ' '
        ) > 0

)

select
    indicators.indicator_ref,
    indicators.indicator_name,
    indicators.section_code,
    coalesce(sections.section_name, 'Section ' || indicators.section_code) as section_name,
    cast(coalesce(sections.display_order, 99) as integer) as section_order,
    cast(indicators.display_order as integer) as display_order,
    indicators.polarity,
    case indicators.polarity
        when 'high' then 'High'
        when 'low' then 'Low'
        else 'Info'
    end as good_performance_is,
    indicators.unit,
    case
        when indicators.unit = 'percent' then 'Percentage'
        when indicators.unit = 'rate' then 'Rate per 10,000 aged under 18'
        when indicators.unit = 'days' then 'Average days'
        when indicators.numerator_stat = 'maximum' then 'Largest caseload'
        when indicators.denominator_stat = 'workers' then 'Average caseload'
        else 'Count'
    end
    || case when indicators.period_window = 'rolling_12' then ', rolling 12 months' else '' end
        as data_note,
    cast(indicators.decimal_places as integer) as decimal_places,
    indicators.lowest_area,
    indicators.ytd_rule,
    indicators.ytd_is_shown,
    indicators.is_in_report,
    -- a missing text or section fails a test; the indicator itself is never dropped
    coalesce(indicator_texts.definition, 'No definition has been written.') as definition,
    coalesce(indicator_texts.formula, 'No formula has been written.') as formula,
    indicator_texts.footnote,
    -- decision 0037: what broke one council's series did not break another's
    case
        when changed_limits.indicator_ref is not null then indicators.series_break_month
        else {{ of_the_council('indicators.series_break_month') }}
    end as series_break_month,
    case
        when changed_limits.indicator_ref is not null then indicators.series_break_reason
        else {{ of_the_council('indicators.series_break_reason') }}
    end as series_break_reason
from indicators
cross join extract_in_force
left join changed_limits
    on indicators.indicator_ref = changed_limits.indicator_ref
left join indicator_texts
    on indicators.indicator_ref = indicator_texts.indicator_ref
left join sections
    on indicators.section_code = sections.section_code
