with

editions as (select * from {{ ref('disclosure_editions') }}),

indicator_values as (select * from {{ ref('fct_indicator_values') }}),

indicators as (select * from {{ ref('indicators') }} where lowest_area = 'locality'),

areas as (select * from {{ ref('areas') }}),

-- a percentage depends on its denominator, everything else on what is counted
cases as (

    select
        indicator_values.indicator_ref,
        indicator_values.month_end,
        areas.area_type,
        case
            when indicators.denominator_stat in ('count', 'measure')
                then indicator_values.denominator
            else indicator_values.numerator
        end as counted,
        -- 1.6: what a share counts need not be part of what it is divided by; a year to date also
        -- includes months before the first one reported
        greatest(
            indicator_values.numerator,
            indicator_values.ytd_numerator,
            case
                when indicators.denominator_stat in ('count', 'measure')
                    then indicator_values.ytd_denominator
            end
        ) as other_count
    from indicator_values
    inner join indicators
        on indicator_values.indicator_ref = indicators.indicator_ref
    inner join areas
        on indicator_values.area_code = areas.area_code

),

monthly as (

    select
        indicator_ref,
        month_end,
        coalesce(sum(counted) filter (where area_type = 'county'), 0) as in_county,
        coalesce(
            sum(greatest(counted, other_count)) filter (where area_type = 'locality'), 0
        ) as in_localities,
        coalesce(sum(counted) filter (where area_type = 'not_allocated'), 0) as not_allocated
    from cases
    group by indicator_ref, month_end

),

-- a report row covers thirteen months
followed as (

    select
        indicator_ref,
        month_end,
        sum(in_county) over thirteen_months as in_county,
        sum(in_localities) over thirteen_months as in_localities,
        sum(not_allocated) over thirteen_months as not_allocated
    from monthly
    window
        thirteen_months as (
            partition by indicator_ref order by month_end
            rows between 12 preceding and current row
        )

),

monthly_editions as (

    select
        edition,
        indicator_ref,
        month_end,
        bool_or(hides_m0) as hides_any
    from editions
    group by edition, indicator_ref, month_end

),

followed_editions as (

    select
        edition,
        indicator_ref,
        month_end,
        bool_or(hides_any) over (
            partition by edition, indicator_ref order by month_end
            rows between 12 preceding and current row
        ) as hides_any
    from monthly_editions

)

select
    followed_editions.edition,
    followed.indicator_ref,
    followed.month_end
from followed
inner join followed_editions
    on
        followed.indicator_ref = followed_editions.indicator_ref
        and followed.month_end = followed_editions.month_end
where
    followed.in_county > 0
    and followed.in_localities = 0
    and followed.not_allocated = followed.in_county
    -- to mark a hidden number as not recorded would reveal that it is 0
    and not followed_editions.hides_any
