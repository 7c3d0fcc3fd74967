{# How many brothers and sisters are in care together? The families with looked-after children at
   each month's end, by how many they have, and whether all of those are in one type of placement.
   dbt show --select brothers_and_sisters_in_care --limit 100 #}
with

families as (

    select
        month_end,
        family_id,
        count(*) as children_in_care,
        count(distinct coalesce(placement_type_code, 'not recorded')) as placement_types
    from {{ ref('fct_person_months') }}
    where is_looked_after and family_id is not null
    group by month_end, family_id

)

select
    month_end,
    children_in_care as children_of_the_family_in_care,
    count(*) as families,
    sum(children_in_care) as children,
    count(*) filter (where placement_types = 1) as families_in_one_type_of_placement
from families
group by month_end, children_in_care
order by month_end desc, children_in_care desc
