with recursive

small_counts as (select * from {{ ref('disclosure_small_counts') }}),

links as (select * from {{ ref('disclosure_links') }}),

hidden_counts as (

    select distinct
        count_name,
        area_level,
        period
    from small_counts
    union
    select
        links.to_count as count_name,
        links.to_level as area_level,
        links.to_period as period
    from hidden_counts
    inner join links
        on
            hidden_counts.count_name = links.from_count
            and hidden_counts.area_level = links.from_level
            and hidden_counts.period = links.from_period

)

select
    hidden_counts.count_name,
    hidden_counts.area_level,
    hidden_counts.period
from hidden_counts
