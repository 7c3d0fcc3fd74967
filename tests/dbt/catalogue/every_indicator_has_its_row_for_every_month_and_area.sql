with

indicators as (

    select * from {{ ref('indicators') }} where status = 'live'

),

months as (

    select month_end from {{ ref('int_reporting_months') }} where is_reported

),

areas as (

    select * from {{ ref('areas') }}

),

found as (

    select * from {{ ref('fct_indicator_values') }}

),

due as (

    select
        indicators.indicator_ref,
        months.month_end,
        areas.area_code
    from indicators
    cross join months
    inner join areas
        -- G4: a county indicator has only the county row
        on areas.area_type = 'county' or indicators.lowest_area = 'locality'

)

select
    coalesce(due.indicator_ref, found.indicator_ref) as indicator_ref,
    coalesce(due.month_end, found.month_end) as month_end,
    coalesce(due.area_code, found.area_code) as area_code,
    case when found.indicator_ref is null then 'missing' else 'not due' end as problem
from due
full outer join found
    on
        due.indicator_ref = found.indicator_ref
        and due.month_end = found.month_end
        and due.area_code = found.area_code
where due.indicator_ref is null or found.indicator_ref is null
