with

episodes as (

    select
        chained.*,
        placed.placement_type_code,
        placements.source_row as placement_source_row,
        landed.source_row,
        row_number() over (
            partition by chained.person_id order by chained.start_date, chained.episode_id
        ) as place
    from {{ ref('int_lac_episodes_chained') }} as chained
    inner join {{ ref('int_quality_lac_episodes') }} as landed
        on chained.episode_id = landed.episode_id
    inner join {{ ref('int_lac_episode_placements') }} as placed
        on chained.episode_id = placed.episode_id
    left join {{ ref('stg_ssd__placements') }} as placements
        on placed.placement_id = placements.placement_id

),

legal_statuses as (

    select * from {{ ref('stg_ssd__legal_statuses') }}
    where legal_status_code = 'E1' and unusable_for is null

),

-- E1, a placement order, in the legal statuses or in the episodes
orders as (

    select
        'ssd_legal_status' as table_name,
        'lega_legal_status' as column_name,
        legal_statuses.person_id,
        legal_statuses.start_date,
        legal_statuses.source_row,
        legal_statuses.legal_status_id as row_id
    from legal_statuses
    where legal_statuses.person_id in (select episodes.person_id from episodes)
    union all
    select
        'ssd_cla_episodes' as table_name,
        'x_clae_legal_status_code' as column_name,
        person_id,
        start_date,
        source_row,
        episode_id as row_id
    from episodes
    where legal_status_code = 'E1'

),

first_orders as (

    select * from orders
    qualify
        row_number() over (
            partition by person_id order by start_date asc, table_name desc, row_id asc
        ) = 1

),

first_placed as (

    select
        person_id,
        min(start_date) as start_date,
        min_by(placement_source_row, place) as source_row,
        -- A5 and A6 need an order; if the legal status is not known, nothing contradicts one
        coalesce(bool_or(placement_type_code in ('A5', 'A6') and legal_status_code <> 'E1'), false)
            as is_by_order
    from episodes
    where placement_type_code in ('A3', 'A4', 'A5', 'A6')
    group by person_id

)

select
    coalesce(first_placed.person_id, first_orders.person_id) as person_id,
    first_placed.start_date as placed_date,
    first_placed.source_row as placement_source_row,
    first_orders.start_date as order_date,
    first_orders.table_name as order_table_name,
    first_orders.column_name as order_column_name,
    first_orders.source_row as order_source_row,
    coalesce(first_placed.is_by_order, false) and first_orders.person_id is null
        as is_placed_without_order
from first_placed
full outer join first_orders
    on first_placed.person_id = first_orders.person_id
