{# What a line of the catalogue needs beside it. What has none of it would be hidden or left out
   without a word. #}
with

indicators as (select * from {{ ref('indicators') }} where status = 'live'),

populations as (select * from {{ ref('disclosure_populations') }}),

indicator_texts as (select * from {{ ref('indicator_texts') }}),

raw_tables as (select distinct indicator_ref from {{ ref('indicator_raw_tables') }}),

sections as (select * from {{ ref('report_sections') }}),

measures as (

    select
        indicator_ref,
        measure
    from indicators
    union all
    select
        indicator_ref,
        denominator_measure as measure
    from indicators
    where denominator_stat = 'measure'

)

select
    measures.indicator_ref,
    'no population is declared for its measure ' || coalesce(measures.measure, '(empty)')
    || ', so the public edition hides it: add the line '
    || coalesce(measures.measure, '<measure>')
    || ',<population>,yes to seeds/disclosure/disclosure_populations.csv' as problem
from measures
left join populations
    on measures.measure = populations.measure
where populations.population is null
union all
select
    indicators.indicator_ref,
    'no text says what it counts: add a line to seeds/published_settings/indicator_texts.csv'
        as problem
from indicators
left join indicator_texts
    on indicators.indicator_ref = indicator_texts.indicator_ref
where indicator_texts.definition is null or indicator_texts.formula is null
union all
select
    indicators.indicator_ref,
    'no raw table is named that it cannot do without: add a line for each to '
    || 'seeds/indicators/indicator_raw_tables.csv' as problem
from indicators
left join raw_tables
    on indicators.indicator_ref = raw_tables.indicator_ref
where raw_tables.indicator_ref is null
union all
select
    indicators.indicator_ref,
    'the report has no section ' || coalesce(indicators.section_code, '(empty)')
    || ': add it to seeds/published_settings/report_sections.csv, or correct section_code in '
    || 'seeds/indicators/indicators.csv' as problem
from indicators
left join sections
    on indicators.section_code = sections.section_code
where sections.section_code is null
