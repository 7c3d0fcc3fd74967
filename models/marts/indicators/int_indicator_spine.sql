with

indicators as (select * from {{ ref('indicators') }} where status = 'live'),

months as (

    select
        *,
        -- G74: the one month for which the latest records are enough
        month_end = max(case when is_reported then month_end end) over () as is_last_reported
    from {{ ref('int_reporting_months') }}

),

areas as (select * from {{ ref('areas') }}),

needs as (select * from {{ ref('int_indicator_needs') }}),

expected as (

    select
        indicators.indicator_ref,
        months.month_end,
        areas.area_code,
        coalesce(
            needs.missing,
            case when areas.area_code <> 'COUNTY' then needs.missing_in_localities end,
            case
                when not coalesce(months.is_last_reported, false)
                    then 'table ' || needs.latest_only_table || ' holds only the latest records'
            end
        ) as missing,
        needs.latest_only_table is not null as is_latest_only,
        needs.history_table
        || ' is complete only from '
        || cast(needs.history_from as varchar) as history_text,
        -- G6; if no months are given, no history is needed
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

)

select
    indicator_ref,
    month_end,
    area_code,
    case
        when missing is not null then 'not_available'
        when is_month_short then 'insufficient_history'
        else 'available'
    end as availability,
    coalesce(missing, case when is_month_short then history_text end) as availability_reason,
    missing is null and not is_latest_only and not is_month_short and not is_year_short
        as has_year_to_date
from expected
