with

editions as (

    select * from {{ ref('editions') }}

),

counts as (

    select
        *,
        'county' as area_level
    from {{ ref('detail_contacts_by_source') }}

),

hidden_rows as (

    select * from {{ ref('disclosure_details') }} where detail_table = 'T1'

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
            and counts.source_group = hidden_rows.row_code
            and {{ financial_year('counts.month_end') }} = hidden_rows.financial_year
            and counts.area_level = hidden_rows.area_level

)

select
    edition,
    month_end,
    source_group,
    source_group_name,
    display_order,
    {{ shown('contacts', 'is_hidden') }} as contacts,
    {{ shown('progressed', 'is_hidden') }} as progressed,
    {{ shown('percent_progressed', 'is_hidden') }} as percent_progressed,
    {{ shown('share_of_contacts', 'is_hidden') }} as share_of_contacts,
    {{ shown('share_of_progressed', 'is_hidden') }} as share_of_progressed,
    is_hidden as is_suppressed
from marked
