with

extract_in_force as (select is_demonstration from {{ ref('dim_extract') }}),

-- decision 0037: the printed report is the demonstration county's
published as (

    select printed.*
    from {{ ref('printed_contacts_by_source') }} as printed
    cross join extract_in_force
    where extract_in_force.is_demonstration

),

computed as (select * from {{ ref('detail_contacts_by_source') }}),

computed_with_totals as (

    select
        *,
        sum(contacts) over (partition by month_end) as all_contacts,
        sum(progressed) over (partition by month_end) as all_progressed
    from computed

),

quantities as (

    select
        published.month_end,
        published.source_group,
        kinds.quantity,
        case kinds.quantity
            when 'contacts' then cast(published.contacts as double)
            when 'progressed' then cast(published.progressed as double)
            when 'percent_progressed' then published.percent_progressed
            when 'share_of_contacts' then published.share_of_contacts
            when 'share_of_progressed' then published.share_of_progressed
        end as printed_value,
        case when kinds.quantity in ('contacts', 'progressed') then 0 else 1 end
            as decimal_places_printed
    from published
    cross join (
        values
        ('contacts'),
        ('progressed'),
        ('percent_progressed'),
        ('share_of_contacts'),
        ('share_of_progressed')
    ) as kinds (quantity)

),

displayed as (

    select
        quantities.month_end,
        quantities.source_group,
        quantities.quantity,
        quantities.printed_value,
        quantities.decimal_places_printed,
        case quantities.quantity
            when 'contacts' then cast(computed.contacts as double)
            when 'progressed' then cast(computed.progressed as double)
            when 'percent_progressed' then {{ displayed_ratio(
                'computed.progressed', 'computed.contacts', '100',
                'quantities.decimal_places_printed'
            ) }}
            when 'share_of_contacts' then {{ displayed_ratio(
                'computed.contacts', 'computed.all_contacts', '100',
                'quantities.decimal_places_printed'
            ) }}
            when 'share_of_progressed' then {{ displayed_ratio(
                'computed.progressed', 'computed.all_progressed', '100',
                'quantities.decimal_places_printed'
            ) }}
        end as displayed_value
    from quantities
    left join computed_with_totals as computed
        on
            quantities.month_end = computed.month_end
            and quantities.source_group = computed.source_group
    -- illegible figures are not compared
    where quantities.printed_value is not null

)

select
    month_end,
    source_group,
    quantity,
    printed_value,
    decimal_places_printed,
    displayed_value,
    displayed_value - printed_value as difference,
    {{ reconciliation_status('printed_value', 'displayed_value') }} as status
from displayed
