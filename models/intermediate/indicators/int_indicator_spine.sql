with

indicators as (select * from {{ ref('indicators') }} where status = 'live'),

months as (select * from {{ ref('int_reporting_months') }}),

areas as (select * from {{ ref('areas') }}),

needs as (select * from {{ ref('int_indicator_needs') }}),

-- entities: without teams and their localities the county stands and the localities do not
localities as (

    select count(*) = 2 as are_known
    from {{ ref('stg_landing__extract_tables') }}
    where table_name in ('ssd_department', 'ssdx_team_localities') and has_rows

),

expected as (

    select
        indicators.indicator_ref,
        months.month_end,
        areas.area_code,
        needs.has_tables and (areas.area_code = 'COUNTY' or localities.are_known)
            as has_tables,
        -- G6; no months given means that no history is needed
        coalesce(
            {{ add_months('months.month_start', '-cast(indicators.history_months as integer)') }}
            < needs.history_from,
            false
        ) as is_month_short,
        coalesce(
            {{ add_months(
                'months.financial_year_start', '-cast(indicators.history_months as integer)'
            ) }} < needs.history_from,
            false
        ) as is_year_short
    from indicators
    cross join months
    inner join areas
        -- G4: a county indicator has the county's row only
        on areas.area_code = 'COUNTY' or indicators.lowest_area = 'locality'
    inner join needs
        on indicators.indicator_ref = needs.indicator_ref
    cross join localities

)

select
    indicator_ref,
    month_end,
    area_code,
    case
        when not has_tables then 'not_available'
        when is_month_short then 'insufficient_history'
        else 'available'
    end as availability,
    has_tables and not is_month_short and not is_year_short as has_year_to_date
from expected
