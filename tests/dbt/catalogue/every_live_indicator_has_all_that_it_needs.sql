{# What a line of the catalogue, or the county, needs in other seeds. Where it is missing, a join
   would hide the figure or drop it without warning. #}
with

indicators as (select * from {{ ref('indicators') }} where status = 'live'),

populations as (select * from {{ ref('disclosure_populations') }}),

indicator_texts as (select * from {{ ref('indicator_texts') }}),

raw_tables as (select distinct indicator_ref from {{ ref('indicator_raw_tables') }}),

sections as (select * from {{ ref('report_sections') }}),

-- seeds that name an indicator, and are joined to figures that only live ones have
named as (

    select
        vital_sign_code as subject,
        indicator_ref,
        'seeds/committee/vital_signs.csv' as file_name
    from {{ ref('vital_signs') }}
    union all
    select
        detail_table || ' ' || row_code as subject,
        indicator_ref,
        'seeds/details/detail_table_rows.csv' as file_name
    from {{ ref('detail_table_rows') }}
    union all
    select
        rule_id as subject,
        indicator_ref,
        'seeds/quality/quality_rule_indicators.csv' as file_name
    from {{ ref('quality_rule_indicators') }}
    where indicator_ref <> 'TABLE'

),

counties as (select * from {{ ref('areas') }} where area_type = 'county'),

population as (select distinct area_code from {{ ref('population') }}),

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
    measures.indicator_ref as subject,
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
    indicators.indicator_ref as subject,
    'no text says what it counts: add a line to seeds/report_texts/indicator_texts.csv'
        as problem
from indicators
left join indicator_texts
    on indicators.indicator_ref = indicator_texts.indicator_ref
where indicator_texts.definition is null or indicator_texts.formula is null
union all
select
    indicators.indicator_ref as subject,
    'none of the raw tables it needs is named: add a line for each to '
    || 'seeds/indicators/indicator_raw_tables.csv' as problem
from indicators
left join raw_tables
    on indicators.indicator_ref = raw_tables.indicator_ref
where raw_tables.indicator_ref is null
union all
select
    indicators.indicator_ref as subject,
    'the report has no section ' || coalesce(indicators.section_code, '(empty)')
    || ': add it to seeds/report_texts/report_sections.csv, or correct section_code in '
    || 'seeds/indicators/indicators.csv' as problem
from indicators
left join sections
    on indicators.section_code = sections.section_code
where sections.section_code is null
union all
select
    named.subject,
    'names ' || named.indicator_ref || ', which is not a live indicator: correct the line in '
    || named.file_name as problem
from named
left join indicators
    on named.indicator_ref = indicators.indicator_ref
where indicators.indicator_ref is null
union all
select
    counties.area_code as subject,
    'no population to divide rates by: add a line to seeds/reference/population.csv' as problem
from counties
left join population
    on counties.area_code = population.area_code
where population.area_code is null
