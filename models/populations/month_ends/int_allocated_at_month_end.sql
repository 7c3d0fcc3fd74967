with

allocations as (select * from {{ ref('int_primary_allocations_resolved') }}),

months as (select * from {{ ref('int_reporting_months') }}),

teams as (select * from {{ ref('dim_team') }})

select
    allocations.person_id,
    allocations.allocation_id,
    allocations.worker_id,
    allocations.team_id,
    allocations.start_date,
    teams.team_type_code,
    months.month_end
from allocations
inner join months
    on {{ is_open_at('allocations.valid_from', 'allocations.valid_to', 'months.month_end') }}
left join teams
    on allocations.team_id = teams.team_id
