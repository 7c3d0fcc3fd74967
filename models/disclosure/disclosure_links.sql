with

sums as (select * from {{ ref('disclosure_sums') }}),

populations as (select * from {{ ref('disclosure_populations') }}),

counts as (select * from {{ ref('disclosure_counts') }}),

weak_sums as (select * from {{ ref('disclosure_weak_sums') }}),

members as (

    select
        sum_name,
        rule,
        part_count as member_count
    from sums
    union all
    select distinct
        sum_name,
        rule,
        'rest:' || sum_name as member_count
    from sums
    where coalesce(has_remainder, true)
    union all
    select distinct
        sum_name,
        rule,
        total_count as member_count
    from sums

),

links as (

    -- a population is at least as large as any part of it that is shown
    select
        'cases:' || population as from_count,
        'met:' || measure as to_count,
        null as weak_sum
    from populations
    where coalesce(is_hidden_with_population, true)
    union all
    -- the only worker in a team has the largest caseload
    select
        'workers:' || population as from_count,
        'largest:' || measure as to_count,
        null as weak_sum
    from populations
    union all
    -- a hidden total hides its parts; a hidden part hides the first, or all if that is too weak
    select
        members.member_count as from_count,
        sums.part_count as to_count,
        case
            when
                sums.rule = 'partner'
                and members.member_count <> sums.total_count
                and sums.part_order > 1
                then sums.sum_name
        end as weak_sum
    from members
    inner join sums
        on members.sum_name = sums.sum_name
    where members.member_count <> sums.part_count
    union all
    select
        members.member_count as from_count,
        sums.total_count as to_count,
        null as weak_sum
    from members
    inner join sums
        on members.sum_name = sums.sum_name
    where sums.rule = 'same' and members.member_count <> sums.total_count

),

periods as (

    select distinct
        count_name,
        area_level,
        period
    from counts

)

select distinct
    links.from_count,
    from_periods.area_level as from_level,
    from_periods.period as from_period,
    links.to_count,
    to_periods.area_level as to_level,
    to_periods.period as to_period
from links
inner join periods as from_periods
    on links.from_count = from_periods.count_name
inner join periods as to_periods
    on
        links.to_count = to_periods.count_name
        and from_periods.area_level = to_periods.area_level
        and (
            from_periods.period = to_periods.period
            or from_periods.period = 'all years'
            or to_periods.period = 'all years'
        )
left join weak_sums
    on
        links.weak_sum = weak_sums.sum_name
        and from_periods.area_level = weak_sums.area_level
        and from_periods.period in (weak_sums.financial_year, 'all years')
        and to_periods.period in (weak_sums.financial_year, 'all years')
where links.weak_sum is null or weak_sums.sum_name is not null
union
-- localities add up to the county
select
    of_county.count_name as from_count,
    of_county.area_level as from_level,
    of_county.period as from_period,
    of_localities.count_name as to_count,
    of_localities.area_level as to_level,
    of_localities.period as to_period
from periods as of_county
inner join periods as of_localities
    on
        of_county.count_name = of_localities.count_name
        and of_county.period = of_localities.period
where of_county.area_level = 'county' and of_localities.area_level = 'localities'
