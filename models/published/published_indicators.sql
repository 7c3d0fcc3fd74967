with

indicators as (select * from {{ ref('indicators') }} where status = 'live'),

indicator_texts as (select * from {{ ref('indicator_texts') }}),

sections as (select * from {{ ref('report_sections') }}),

breaks as (select * from {{ ref('dim_series_breaks') }})

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
    breaks.series_break_month,
    breaks.series_break_reason
from indicators
left join indicator_texts
    on indicators.indicator_ref = indicator_texts.indicator_ref
left join sections
    on indicators.section_code = sections.section_code
left join breaks
    on indicators.indicator_ref = breaks.indicator_ref
