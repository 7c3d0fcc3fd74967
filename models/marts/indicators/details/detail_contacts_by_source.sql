with

rows_due as (

    select * from {{ ref('int_detail_rows_due') }}
    where detail_table = 'T1' and area_code = 'COUNTY'

),

counted as (

    select
        {{ month_end_of('received_date') }} as month_end,
        source_group,
        count(*) as contacts,
        count(*) filter (where is_referral) as progressed
    from {{ ref('fct_contacts') }}
    group by {{ month_end_of('received_date') }}, source_group

),

-- a group without contacts is in the table all the same
completed as (

    select
        rows_due.month_end,
        rows_due.row_code as source_group,
        rows_due.row_name as source_group_name,
        rows_due.display_order,
        cast(coalesce(counted.contacts, 0) as integer) as contacts,
        cast(coalesce(counted.progressed, 0) as integer) as progressed
    from rows_due
    left join counted
        on
            rows_due.month_end = counted.month_end
            and rows_due.row_code = counted.source_group

)

select
    month_end,
    source_group,
    source_group_name,
    display_order,
    contacts,
    progressed,
    -- section 12: a share of nothing is not a number
    100.0 * progressed / nullif(contacts, 0) as percent_progressed,
    100.0 * contacts / nullif(sum(contacts) over (partition by month_end), 0) as share_of_contacts,
    100.0 * progressed / nullif(sum(progressed) over (partition by month_end), 0)
        as share_of_progressed
from completed
