with

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

involvements as (select * from {{ ref('stg_ssd__involvements') }}),

open_children as (select * from {{ ref('int_quality_open_children') }}),

workers as (select * from {{ ref('stg_ssd__workers') }}),

table_of_involvements as (

    select * from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_involvements'

),

allocations as (

    select
        allocations.*,
        involvements.source_row,
        {{ is_open_at(
            'allocations.start_date', 'allocations.end_date', 'extract_in_force.as_at_date'
        ) }} as is_open,
        -- one that is open, or is still to begin
        coalesce(allocations.end_date > extract_in_force.as_at_date, true) as is_unfinished
    from {{ ref('int_allocations_usable') }} as allocations
    cross join extract_in_force
    inner join involvements
        on allocations.allocation_id = involvements.involvement_id

),

by_child as (

    select
        person_id,
        bool_or(is_open) as has_worker,
        bool_or(is_unfinished) as has_unfinished
    from allocations
    group by person_id

),

unallocated as (

    select open_children.*
    from open_children
    cross join table_of_involvements
    left join by_child
        on open_children.person_id = by_child.person_id
    where
        open_children.needs_worker
        and table_of_involvements.has_rows
        and not coalesce(by_child.has_worker, false)

),

involvements_failed as (

    select
        allocations.source_row,
        -- WRK-06: the last worker of a child who was open then and still is
        open_children.needs_worker
        and not by_child.has_unfinished
        and allocations.end_date > open_children.open_since
        and row_number() over (
            partition by allocations.person_id
            order by
                allocations.end_date desc nulls first,
                allocations.start_date desc,
                allocations.source_row desc
        ) = 1 as wrk_06__invo_involvement_end_date,
        -- WRK-11: a child without any referral was never opened here, and none was closed
        allocations.is_open
        and open_children.person_id is null
        and allocations.person_id in (
            select referrals.person_id from {{ ref('fct_referrals') }} as referrals
        ) as wrk_11__invo_involvement_end_date
    from allocations
    inner join by_child
        on allocations.person_id = by_child.person_id
    left join open_children
        on allocations.person_id = open_children.person_id

),

caseloads as (

    select
        worker_id,
        count(distinct person_id) as children
    from allocations
    where is_open
    group by worker_id

),

-- WRK-10: more than 60 children is a team tray rather than one person's caseload
workers_failed as (

    select
        workers.source_row,
        workers.is_qualified_social_worker is null and not workers.has_registration_number
            as wrk_09__x_prof_is_qualified_sw,
        caseloads.children > 60 as wrk_10__prof_professional_id
    from workers
    inner join caseloads
        on workers.worker_id = caseloads.worker_id

)

{{ failures_in('involvements_failed', 'ssd_involvements') }}
union all
{{ failures_in('workers_failed', 'ssd_professionals') }}
union all
select
    'WRK-01' as rule_id,
    table_name,
    column_name,
    source_row
from unallocated
