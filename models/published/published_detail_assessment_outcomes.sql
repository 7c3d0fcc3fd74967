with

editions as (

    select * from {{ ref('editions') }}

),

counts as (

    select
        *,
        case when area_code = 'COUNTY' then 'county' else 'localities' end as area_level
    from {{ ref('detail_assessment_outcomes') }}

),

hidden_rows as (

    select * from {{ ref('disclosure_details') }} where detail_table = 'T2'

),

marked as (

    select
        counts.*,
        editions.edition,
        hidden_rows.row_code is not null as is_hidden,
        hidden_base.row_code is not null as hides_base
    from counts
    cross join editions
    left join hidden_rows
        on
            editions.hides_small_counts
            and counts.outcome_group = hidden_rows.row_code
            and {{ financial_year('counts.month_end') }} = hidden_rows.financial_year
            and counts.area_level = hidden_rows.area_level
    left join hidden_rows as hidden_base
        on
            editions.hides_small_counts
            and hidden_base.row_code = 'SHARES'
            and {{ financial_year('counts.month_end') }} = hidden_base.financial_year
            and counts.area_level
            = hidden_base.area_level

)

select
    edition,
    month_end,
    area_code,
    outcome_group,
    outcome_name,
    display_order,
    {{ shown('assessments', 'is_hidden') }} as assessments,
    {{ shown('percent_of_outcomes', '(is_hidden or hides_base)') }} as percent_of_outcomes,
    is_hidden as is_suppressed
from marked
