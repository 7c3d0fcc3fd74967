with

editions as (

    select * from {{ ref('editions') }}

),

counts as (

    select
        *,
        case when area_code = 'COUNTY' then 'county' else 'localities' end as area_level
    from {{ ref('detail_care_leaver_categories') }}

),

hidden_rows as (

    select * from {{ ref('disclosure_details') }} where detail_table = 'T6'

),

marked as (

    select
        counts.*,
        editions.edition,
        hidden_rows.row_code is not null as is_hidden
    from counts
    cross join editions
    left join hidden_rows
        on
            editions.hides_small_counts
            and counts.category_code = hidden_rows.row_code
            and {{ financial_year('counts.month_end') }} = hidden_rows.financial_year
            and counts.area_level = hidden_rows.area_level

)

select
    edition,
    month_end,
    area_code,
    category_code,
    category_name,
    display_order,
    is_care_leaver,
    {{ shown('people', 'is_hidden') }} as people,
    is_hidden as is_suppressed
from marked
