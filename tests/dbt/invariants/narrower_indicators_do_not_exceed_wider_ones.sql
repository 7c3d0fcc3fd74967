{# The refs whose numerators together are at most the numerator of the last one. #}
{% set rules = [
    (['3.5', '3.6', '3.7'], '3.1'),
    (['4.5n', '4.6n', '4.7n'], '4.4'),
    (['6.4n'], '6.3'),
    (['6.10n'], '6.10a'),
    (['6.10a'], '6.1'),
    (['7.8'], '7.5'),
    (['7.6'], '7.1'),
    (['2.5'], '2.2'),
    (['2.6'], '2.2'),
    (['2.2'], '2.1'),
    (['11.3'], '11.1'),
    (['11.4'], '11.1'),
] %}

with

rules as (

    {% for narrow_refs, wide_ref in rules %}
        {% set rule_number = loop.index %}
        {% set last_rule = loop.last %}
        {% for narrow_ref in narrow_refs %}
            select
                {{ rule_number }} as rule_number,
                {{ narrow_refs | length }} as narrow_count,
                '{{ narrow_ref }}' as narrow_ref,
                '{{ wide_ref }}' as wide_ref
            {{ "union all" if not (last_rule and loop.last) }}
        {% endfor %}
    {% endfor %}

),

county as (

    select
        indicator_ref,
        month_end,
        numerator
    from {{ ref('fct_indicator_values') }}
    where area_code = 'COUNTY' and availability in ('available', 'no_denominator')

),

parameters as (

    select * from {{ ref('int_parameters_by_month') }}

),

compared as (

    select
        rules.wide_ref,
        string_agg(rules.narrow_ref, ' + ') as narrow_refs,
        narrow.month_end,
        sum(narrow.numerator) as narrow_count,
        -- 11.1 has no figure only where no worker in its teams has a case
        coalesce(max(wide.numerator), 0) as wide_count
    from rules
    inner join county as narrow
        on rules.narrow_ref = narrow.indicator_ref
    inner join county as wide
        on
            rules.wide_ref = wide.indicator_ref
            and narrow.month_end = wide.month_end
    group by rules.rule_number, rules.narrow_count, rules.wide_ref, narrow.month_end
    having count(*) = rules.narrow_count

),

-- invariant 5: seen within the limit in force means seen within 20 days, if the limit is no longer
seen as (

    select
        '6.15' as wide_ref,
        '6.14' as narrow_refs,
        county.month_end,
        max(case when county.indicator_ref = '6.14' then county.numerator end) as narrow_count,
        max(case when county.indicator_ref = '6.15' then county.numerator end) as wide_count
    from county
    inner join parameters
        on county.month_end = parameters.month_end
    where
        county.indicator_ref in ('6.14', '6.15')
        and parameters.cp_visit_wd <= parameters.cp_visit_wd_fixed
    group by county.month_end

)

select *
from compared
where narrow_count > wide_count

union all

select *
from seen
where narrow_count > wide_count
