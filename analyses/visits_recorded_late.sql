{# Which visits to children on plans were recorded after the month had ended? They were missing when
   the month was first reported and raise its 6.14 and 6.15 when it is recalculated. By month of
   visit and team: how many were late, by how many days, and how many children are affected.
   dbt show --select visits_recorded_late #}

with

visits as (

    select * from {{ ref('fct_cp_visits') }} where was_child_seen

),

months as (

    select * from {{ ref('int_reporting_months') }} where is_reported

),

allocations as (

    select * from {{ ref('int_primary_allocations_resolved') }}

),

late_visits as (

    select
        months.month_end,
        allocations.team_id,
        visits.person_id,
        {{ days_between('visits.visit_date', 'visits.recorded_date') }} as days_to_record
    from visits
    inner join months
        on visits.visit_date between months.month_start and months.month_end
    left join allocations
        on
            visits.person_id = allocations.person_id
            and {{ is_open_at(
                'allocations.valid_from', 'allocations.valid_to', 'visits.visit_date'
            ) }}
    where visits.recorded_date > months.month_end

)

select
    month_end,
    team_id,
    count(*) as visits_recorded_late,
    count(distinct person_id) as children,
    max(days_to_record) as most_days_to_record
from late_visits
group by month_end, team_id
order by month_end desc, visits_recorded_late desc
