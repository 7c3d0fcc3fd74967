with

expected as (

    select * from {{ ref('fct_indicator_values') }}
    where availability in ('available', 'no_denominator')

),

sums as (

    -- invariant 2
    select
        'T1 contacts' as what,
        '2.1' as indicator_ref,
        month_end,
        'COUNTY' as area_code,
        contacts as counted
    from {{ ref('detail_contacts_by_source') }}
    union all
    select
        'T1 progressed' as what,
        '2.2' as indicator_ref,
        month_end,
        'COUNTY' as area_code,
        progressed as counted
    from {{ ref('detail_contacts_by_source') }}
    union all
    -- invariant 3 and table T2
    select
        'T2 all rows' as what,
        '3.1' as indicator_ref,
        month_end,
        area_code,
        assessments as counted
    from {{ ref('detail_assessment_outcomes') }}
    union all
    select
        'T2 outcome' as what,
        case outcome_group when 'ONGOING' then '3.5' when 'CLOSE' then '3.6' else '3.7' end
            as indicator_ref,
        month_end,
        area_code,
        assessments as counted
    from {{ ref('detail_assessment_outcomes') }}
    where outcome_group <> 'NOT_RECORDED'
    union all
    select
        'T3 all rows' as what,
        '4.4' as indicator_ref,
        month_end,
        area_code,
        enquiries as counted
    from {{ ref('detail_s47_outcomes') }}
    union all
    select
        'T3 outcome' as what,
        case outcome_group
            when 'SUBST_RISK' then '4.5n' when 'SUBST_NO_RISK' then '4.6n' else '4.7n'
        end as indicator_ref,
        month_end,
        area_code,
        enquiries as counted
    from {{ ref('detail_s47_outcomes') }}
    where outcome_group <> 'NOT_RECORDED'
    union all
    -- invariant 6
    select
        'T4 all rows' as what,
        '7.1' as indicator_ref,
        month_end,
        area_code,
        children as counted
    from {{ ref('detail_placement_types') }}
    union all
    select
        'T4 residential' as what,
        '7.6' as indicator_ref,
        month_end,
        area_code,
        children as counted
    from {{ ref('detail_placement_types') }}
    where placement_group = 'RESIDENTIAL'
    union all
    select
        'T5 all cells' as what,
        '7.6' as indicator_ref,
        month_end,
        'COUNTY' as area_code,
        children as counted
    from {{ ref('detail_residential_by_age') }}
    union all
    select
        'T6 relevant and former relevant' as what,
        '8.1' as indicator_ref,
        month_end,
        area_code,
        people as counted
    from {{ ref('detail_care_leaver_categories') }}
    where is_care_leaver
    union all
    select
        'T7 children' as what,
        case team_type_code
            when 'LAC' then '11.2a'
            when 'ASSESSMENT' then '11.3a'
            when 'FIT' then '11.4a'
            when 'CWD' then '11.5a'
            when 'NIPE' then '11.6a'
        end as indicator_ref,
        month_end,
        area_code,
        children as counted
    from {{ ref('detail_caseloads') }}
    where team_type_code <> 'SAFEGUARDING'

),

added_up as (

    select
        what,
        indicator_ref,
        month_end,
        area_code,
        sum(counted) as counted
    from sums
    group by what, indicator_ref, month_end, area_code

),

what_is_summed as (

    select
        what,
        indicator_ref
    from sums
    group by what, indicator_ref

)

-- a table without a row for a month its indicator has is incomplete
select
    what_is_summed.what,
    expected.indicator_ref,
    expected.month_end,
    expected.area_code,
    added_up.counted,
    expected.numerator as expected
from what_is_summed
inner join expected
    on what_is_summed.indicator_ref = expected.indicator_ref
left join added_up
    on
        what_is_summed.what = added_up.what
        and expected.indicator_ref = added_up.indicator_ref
        and expected.month_end = added_up.month_end
        and expected.area_code = added_up.area_code
where
    added_up.counted is distinct from expected.numerator
    -- T1 and T5 are tables of the county
    and (
        expected.area_code = 'COUNTY'
        or what_is_summed.what not in ('T1 contacts', 'T1 progressed', 'T5 all cells')
    )
    -- T4 also needs placements, which 7.1 does not
    and not (what_is_summed.what = 'T4 all rows' and added_up.counted is null)
