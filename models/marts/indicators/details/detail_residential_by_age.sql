with

rows_due as (

    select * from {{ ref('int_detail_rows_due') }}
    where detail_table = 'T5' and area_code = 'COUNTY'

),

ages as (

    select ages.age from (
        values
        {% for age in range(18) -%}
            ({{ age }}){{ "," if not loop.last }}
        {% endfor %}
    ) as ages (age)

),

cases as (

    select * from {{ ref('int_cases__looked_after_children') }}
    where measure_lac_in_residential_placement = 1

),

placements as (select * from {{ ref('int_current_placements_at_month_end') }}),

people as (select * from {{ ref('dim_person') }}),

counted as (

    select
        cases.month_end,
        placements.placement_type_code,
        {{ age_in_years('people.birth_date', 'cases.month_end') }} as age,
        count(*) as children
    from cases
    inner join placements
        on
            cases.person_id = placements.person_id
            and cases.month_end = placements.month_end
    inner join people
        on cases.person_id = people.person_id
    group by
        cases.month_end,
        placements.placement_type_code,
        {{ age_in_years('people.birth_date', 'cases.month_end') }}

),

cells as (

    select
        rows_due.month_end,
        rows_due.row_code as placement_type_code,
        ages.age
    from rows_due
    cross join ages
    union
    -- a child whose age is not known still counts as residential (G24): a cell without an age
    select
        counted.month_end,
        counted.placement_type_code,
        counted.age
    from counted
    inner join rows_due
        on
            counted.month_end = rows_due.month_end
            and counted.placement_type_code = rows_due.row_code

)

select
    cells.month_end,
    cells.placement_type_code,
    rows_due.row_name as placement_type_name,
    rows_due.display_order,
    coalesce(cast(cells.age as varchar), 'unknown') as age_label,
    cast(cells.age as integer) as age,
    cast(coalesce(counted.children, 0) as integer) as children
from cells
inner join rows_due
    on
        cells.month_end = rows_due.month_end
        and cells.placement_type_code = rows_due.row_code
left join counted
    on
        cells.month_end = counted.month_end
        and cells.placement_type_code = counted.placement_type_code
        and cells.age is not distinct from counted.age
