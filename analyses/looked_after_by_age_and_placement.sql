{# How old are the looked-after children, and where do they live? Those of 7.1 by age group and type
   of placement, at the end of one month.
   dbt show --select looked_after_by_age_and_placement --vars '{analysis_month: 2018-03-31}' #}
{% set wanted_month = var('analysis_month', '') %}

with

last_reported as (

    select max(month_end) as month_end from {{ ref('fct_indicator_values') }}

)

select
    coalesce(labels.label, children.placement_type_code, 'not recorded') as placement_type,
    count(*) as children,
    count(*) filter (where children.age < 1) as under_1,
    count(*) filter (where children.age between 1 and 4) as aged_1_to_4,
    count(*) filter (where children.age between 5 and 9) as aged_5_to_9,
    count(*) filter (where children.age between 10 and 15) as aged_10_to_15,
    count(*) filter (where children.age >= 16) as aged_16_and_17,
    count(*) filter (where children.age is null) as age_not_known
from {{ ref('fct_person_months') }} as children
inner join last_reported
    on
        {% if wanted_month %}
            children.month_end = cast('{{ wanted_month }}' as date)
        {% else %}
            children.month_end = last_reported.month_end
        {% endif %}
left join {{ ref('code_labels') }} as labels
    on
        children.placement_type_code = labels.code
        and labels.code_list = 'placement_type'
where children.is_looked_after
group by coalesce(labels.label, children.placement_type_code, 'not recorded')
order by children desc
