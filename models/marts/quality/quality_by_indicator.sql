with

cases as (select * from {{ ref('int_quality_cases') }}),

indicators as (select * from {{ ref('indicators') }}),

by_area as (

    select
        indicator_ref,
        month_end,
        area_code,
        case_id,
        case_month_end,
        person_id,
        decided_on,
        rule_id
    from cases
    union all
    select
        indicator_ref,
        month_end,
        'COUNTY' as area_code,
        case_id,
        case_month_end,
        person_id,
        decided_on,
        rule_id
    from cases
    where area_code <> 'COUNTY'

)

select
    by_area.indicator_ref,
    by_area.month_end,
    by_area.area_code,
    indicators.indicator_name,
    count(distinct by_area.case_id || ' ' || by_area.case_month_end) as case_count,
    count(distinct by_area.person_id) as person_count,
    count(distinct case
        when by_area.rule_id is not null
            then by_area.case_id || ' ' || by_area.case_month_end
    end) as doubtful_case_count,
    count(distinct case when by_area.rule_id is not null then by_area.person_id end)
        as doubtful_person_count,
    string_agg(distinct by_area.rule_id, ', ' order by by_area.rule_id) as rule_ids,
    count(distinct case
        when by_area.decided_on is null then by_area.case_id || ' ' || by_area.case_month_end
    end) as undecided_case_count
from by_area
inner join indicators
    on by_area.indicator_ref = indicators.indicator_ref
where by_area.area_code = 'COUNTY' or indicators.lowest_area <> 'county'
group by
    by_area.indicator_ref,
    by_area.month_end,
    by_area.area_code,
    indicators.indicator_name
