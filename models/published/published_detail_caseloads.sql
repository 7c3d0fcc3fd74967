with

editions as (

    select * from {{ ref('editions') }}

),

counts as (

    select
        *,
        case when area_code = 'COUNTY' then 'county' else 'localities' end as area_level
    from {{ ref('detail_caseloads') }}

),

hidden_rows as (

    select * from {{ ref('disclosure_details') }} where detail_table = 'T7'

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
            and counts.team_type_code = hidden_rows.row_code
            and {{ financial_year('counts.month_end') }} = hidden_rows.financial_year
            and counts.area_level = hidden_rows.area_level

)

select
    edition,
    month_end,
    area_code,
    team_type_code,
    team_type_name,
    display_order,
    {{ shown('workers', 'is_hidden') }} as workers,
    {{ shown('children', 'is_hidden') }} as children,
    {{ shown('largest_caseload', 'is_hidden') }} as largest_caseload,
    {{ shown('average_caseload', 'is_hidden') }} as average_caseload,
    is_hidden as is_suppressed
from marked
