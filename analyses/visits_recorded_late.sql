{# Which visits to children on plans were recorded after the month had ended? They were missing when
   the month was first reported and raise its 6.14 and 6.15 when it is recalculated. By month of
   visit and the child's team at its end: how many were late, by how many days, and how many
   children are affected.
   dbt show --select visits_recorded_late #}
with

reported as (select distinct month_end from {{ ref('fct_indicator_values') }}),

late_visits as (

    select
        person_id,
        {{ month_end_of('visit_date') }} as month_end,
        {{ days_between('visit_date', 'recorded_date') }} as days_to_record
    from {{ ref('fct_cp_visits') }}
    where was_child_seen and recorded_date > {{ month_end_of('visit_date') }}

)

select
    late_visits.month_end,
    children.team_id,
    count(*) as visits_recorded_late,
    count(distinct late_visits.person_id) as children,
    max(late_visits.days_to_record) as most_days_to_record
from late_visits
inner join reported
    on late_visits.month_end = reported.month_end
left join {{ ref('fct_person_months') }} as children
    on
        late_visits.person_id = children.person_id
        and late_visits.month_end = children.month_end
group by late_visits.month_end, children.team_id
order by late_visits.month_end desc, visits_recorded_late desc
