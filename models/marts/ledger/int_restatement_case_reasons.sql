with

circumstances as (select * from {{ ref('int_restatement_circumstances') }}),

changed_rows as (select * from {{ ref('stg_ledger__changed_rows') }}),

read_tables as (

    select
        indicator_ref,
        raw_table
    from {{ ref('indicator_raw_tables') }}
    union
    select
        {{ split_to_rows('indicator_refs', ' ') }} as indicator_ref,
        raw_table
    from {{ ref('indicator_other_columns') }}
    where effect <> 'not_read'

),

links as (select * from {{ ref('int_restatement_case_links') }}),

evidence as (

    select
        links.month_end,
        links.indicator_ref,
        links.period,
        links.case_id,
        changed_rows.table_name,
        changed_rows.row_key,
        changed_rows.row_change,
        links.is_own and changed_rows.link = changed_rows.table_name || '|' || changed_rows.row_key
            as is_own
    from links
    inner join circumstances
        on
            links.month_end = circumstances.month_end
            and links.indicator_ref = circumstances.indicator_ref
    inner join changed_rows
        on
            circumstances.extract_id = changed_rows.frozen_extract_id
            and links.link = changed_rows.link
    left join read_tables
        on
            links.indicator_ref = read_tables.indicator_ref
            and changed_rows.table_name = read_tables.raw_table
    where
        -- events after the month do not explain it
        coalesce(changed_rows.event_date <= links.month_end, true)
        and (
            read_tables.raw_table is not null
            or links.is_own
            -- for any indicator, these decide whose case it is and where it counts
            or changed_rows.table_name in (
                'ssd_person', 'ssd_department', 'ssdx_team_localities', 'ssd_involvements'
            )
        )

),

ranked as (

    select
        *,
        -- a row's other columns explain a figure only where nothing else does
        case
            when row_change = 'merged' then 1
            when row_change = 'corrected_other' then 8
            when row_change = 'recorded_late' then 2
            when row_change = 'deleted' then 3
            else 4
        end
        + case when is_own or row_change = 'merged' then 0 else 3 end as strength
    from evidence

)

select
    month_end,
    indicator_ref,
    period,
    case_id,
    strength,
    case row_change
        when 'merged' then 'merged person'
        when 'recorded_late' then 'recorded late'
        when 'deleted' then 'deleted'
        when 'corrected_date' then 'corrected date'
        else 'corrected otherwise'
    end as reason,
    table_name as reason_table,
    row_key as reason_row_key
from ranked
qualify
    row_number() over (
        partition by month_end, indicator_ref, period, case_id
        order by strength, table_name, row_key
    ) = 1
