{# Rules about a whole column or a stock, where no single row can be named. #}
with

tables as (select * from {{ ref('stg_landing__extract_tables') }} where has_rows),

unmapped as (

    select
        failures.rule_id,
        failures.table_name,
        failures.column_name,
        count(*) as row_count
    from {{ ref('int_failures__cells') }} as failures
    inner join {{ ref('quality_rules') }} as rules
        on failures.rule_id = rules.rule_id
    where rules.is_about_codes
    group by failures.rule_id, failures.table_name, failures.column_name

),

assessments as (

    select count(case when authorised_date is null then 1 end) as open_count
    from {{ ref('stg_ssd__assessments') }}
    where unusable_for is null

),

s47_enquiries as (

    select
        count(is_no_further_action) as flag_count,
        count(distinct is_no_further_action) as value_count
    from {{ ref('stg_ssd__s47_enquiries') }}

),

lac_reviews as (

    select
        count(due_date) as due_count,
        count(case when due_date is not null and held_date is null then 1 end) as not_held_count
    from {{ ref('stg_ssd__lac_reviews') }}

),

-- G71: persons, not records; what the surviving record lacks may come from a merged one (G26)
people as (

    select
        count(*) as person_count,
        count(case when coalesce(sex_code, 'U') = 'U' then 1 end) as unknown_count
    from {{ ref('dim_person') }}
    where is_known and not (birth_date is null and expected_birth_date is not null)

),

stocks as (select * from {{ ref('int_quality_stocks') }})

select
    'BAT-09' as rule_id,
    unmapped.table_name,
    unmapped.column_name,
    unmapped.row_count || ' of ' || tables.row_count || ' rows' as cell_value
from unmapped
inner join tables
    on unmapped.table_name = tables.table_name
-- exactly 2% still passes
where unmapped.row_count * 50 > tables.row_count

union all

select
    'BAT-10' as rule_id,
    stocks.table_name,
    cast(null as varchar) as column_name,
    stocks.indicator_ref || ' ' || stocks.month_end || ': ' || stocks.stock_before || ' + '
    || stocks.started || ' - ' || stocks.ended || ', counted ' || stocks.stock as cell_value
from stocks
where
    abs(stocks.stock - (stocks.stock_before + stocks.started - stocks.ended))
    > 0.01 * stocks.stock

union all

select
    'BAT-11' as rule_id,
    tables.table_name,
    'cina_assessment_auth_date' as column_name,
    'every row has a date' as cell_value
from assessments
inner join tables
    on tables.table_name = 'ssd_cin_assessments'
where assessments.open_count = 0

union all

select
    'BAT-12' as rule_id,
    tables.table_name,
    's47e_s47_nfa' as column_name,
    'one value only' as cell_value
from s47_enquiries
inner join tables
    on tables.table_name = 'ssd_s47_enquiry'
where s47_enquiries.flag_count > 1 and s47_enquiries.value_count = 1

union all

select
    'BAT-13' as rule_id,
    tables.table_name,
    'clar_cla_review_date' as column_name,
    'every due review has a date' as cell_value
from lac_reviews
inner join tables
    on tables.table_name = 'ssd_cla_reviews'
where lac_reviews.due_count > 0 and lac_reviews.not_held_count = 0

union all

select
    'BAT-14' as rule_id,
    tables.table_name,
    'pers_sex' as column_name,
    people.unknown_count || ' of ' || people.person_count || ' people' as cell_value
from people
inner join tables
    on tables.table_name = 'ssd_person'
-- exactly 2% still passes
where people.unknown_count * 50 > people.person_count
