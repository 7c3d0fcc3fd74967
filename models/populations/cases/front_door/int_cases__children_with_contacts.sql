with

contacts as (select * from {{ ref('fct_contacts') }} where person_id is not null),

months as (select * from {{ ref('int_reporting_months') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

children as (

    select
        contacts.person_id,
        months.month_end,
        max(contacts.contact_id) as latest_contact_id,
        max(contacts.received_date) as latest_received_date,
        count(*) as contact_count
    from contacts
    inner join months
        on contacts.received_date between months.rolling_3_start and months.month_end
    group by contacts.person_id, months.month_end

)

select
    children.person_id as case_id,
    children.person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_contacts' as source_table,
    children.latest_contact_id as source_row_key,
    children.month_end as attribution_date,
    children.month_end,
    children.latest_received_date as decided_on,

    -- 2.9: two contacts or more in the rolling three months; two ids on one day are two contacts
    cast(children.contact_count >= parameters.repeat_min_contacts as double)
        as measure_child_had_repeat_contacts
from children
inner join parameters
    on children.month_end = parameters.month_end
