{# Two refs and the part of each that must be the same in every area. #}
{% set pairs = [
    ('2.3', 'numerator', '2.2', 'numerator'),
    ('2.3', 'denominator', '2.1', 'numerator'),
    ('2.5p', 'numerator', '2.5', 'numerator'),
    ('2.5p', 'denominator', '2.2', 'numerator'),
    ('2.7', 'numerator', '2.6', 'numerator'),
    ('2.7', 'denominator', '2.2', 'numerator'),
    ('3.3', 'denominator', '3.1', 'numerator'),
    ('4.3', 'numerator', '4.4', 'numerator'),
    ('4.5', 'denominator', '4.4', 'numerator'),
    ('5.3', 'numerator', '5.1', 'numerator'),
    ('6.4', 'denominator', '6.3', 'numerator'),
    ('6.5', 'numerator', '6.1', 'numerator'),
    ('6.7', 'numerator', '6.11a', 'numerator'),
    ('6.10b', 'denominator', '6.1', 'numerator'),
    ('6.14', 'denominator', '6.1', 'numerator'),
    ('7.2', 'numerator', '7.1', 'numerator'),
    ('7.5', 'denominator', '7.4', 'numerator'),
    ('7.6p', 'denominator', '7.1', 'numerator'),
    ('7.15', 'denominator', '7.1', 'numerator'),
    ('9.2', 'denominator', '7.1', 'numerator'),
    ('8.2', 'denominator', '8.1', 'numerator'),
] %}

with

pairs as (

    {% for one_ref, one_part, other_ref, other_part in pairs %}
        select
            '{{ one_ref }}' as one_ref,
            '{{ one_part }}' as one_part,
            '{{ other_ref }}' as other_ref,
            '{{ other_part }}' as other_part
        {{ "union all" if not loop.last }}
    {% endfor %}

),

counted as (

    select * from {{ ref('fct_indicator_values') }}
    where availability in ('available', 'no_denominator')

),

parts as (

    select
        indicator_ref,
        month_end,
        area_code,
        'numerator' as part,
        numerator as counted
    from counted
    union all
    select
        indicator_ref,
        month_end,
        area_code,
        'denominator' as part,
        denominator as counted
    from counted

),

-- 5.2 is the sum of 5.1 and 6.1, whatever its name says
in_need_or_on_plan as (

    select
        month_end,
        area_code,
        max(case when indicator_ref = '5.2' then value end) as counted,
        max(case when indicator_ref = '5.1' then value end)
        + max(case when indicator_ref = '6.1' then value end) as expected
    from counted
    group by month_end, area_code

)

select
    pairs.one_ref,
    pairs.other_ref,
    one_parts.month_end,
    one_parts.area_code,
    one_parts.counted,
    other_parts.counted as expected
from pairs
inner join parts as one_parts
    on
        pairs.one_ref = one_parts.indicator_ref
        and pairs.one_part = one_parts.part
inner join parts as other_parts
    on
        pairs.other_ref = other_parts.indicator_ref
        and pairs.other_part = other_parts.part
        and one_parts.month_end = other_parts.month_end
        and one_parts.area_code = other_parts.area_code
where one_parts.counted <> other_parts.counted

union all

select
    '5.2' as one_ref,
    '5.1 and 6.1' as other_ref,
    month_end,
    area_code,
    counted,
    expected
from in_need_or_on_plan
where counted <> expected
