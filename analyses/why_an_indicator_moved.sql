{# Why has an indicator changed since the previous month? By area: the cases that came in, went out
   and stayed, with what they add to the numerator and the denominator. For events in a month (3.3)
   all cases come and go; for a stock (6.14) most stay, and those whose numerator changed are listed
   as "stayed, gained" and "stayed, lost".
   dbt show --select why_an_indicator_moved --vars '{analysis_ref: "3.3", analysis_month: 2018-03-31}' #}
{% set wanted_ref = var('analysis_ref', '3.3') %}
{% set wanted_month = var('analysis_month', '') %}

with

last_reported as (

    select max(month_end) as month_end from {{ ref('fct_indicator_values') }}

),

months as (

    select
        {% if wanted_month %}
            cast('{{ wanted_month }}' as date) as month_end
        {% else %}
            month_end
        {% endif %}
    from last_reported

),

cases as (

    select * from {{ ref('fct_indicator_cases') }} where indicator_ref = '{{ wanted_ref }}'

),

now as (

    select cases.*
    from cases
    inner join months
        on cases.month_end = months.month_end

),

before as (

    select cases.*
    from cases
    inner join months
        on cases.month_end = {{ month_end_of(add_months('months.month_end', -1)) }}

),

matched as (

    select
        coalesce(now.area_code, before.area_code) as area_code,
        case
            when before.case_id is null then 'came in'
            when now.case_id is null then 'went out'
            when now.numerator > before.numerator then 'stayed, gained'
            when now.numerator < before.numerator then 'stayed, lost'
            else 'stayed'
        end as movement,
        now.numerator as numerator_now,
        now.denominator as denominator_now,
        before.numerator as numerator_before,
        before.denominator as denominator_before
    from now
    full outer join before
        on
            now.case_id = before.case_id
            and now.source_table = before.source_table

)

select
    area_code,
    movement,
    count(*) as case_count,
    sum(numerator_before) as numerator_before,
    sum(denominator_before) as denominator_before,
    sum(numerator_now) as numerator_now,
    sum(denominator_now) as denominator_now
from matched
group by area_code, movement
order by area_code asc, movement asc
