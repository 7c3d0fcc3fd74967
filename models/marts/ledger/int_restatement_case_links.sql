with

changed_cases as (select * from {{ ref('int_restatement_changed_cases') }}),

people_merged as (select * from {{ ref('stg_ssd__people_merged') }}),

-- the case as it was and as it is now
sides as (

    {% for side in ['frozen', 'now'] %}
        select
            month_end,
            indicator_ref,
            period,
            case_id,
            source_table_{{ side }} || '|' || source_row_key_{{ side }} as own_link,
            person_id_{{ side }} as person_id,
            team_id_{{ side }} as team_id
        from changed_cases
        {{ "union all" if not loop.last }}
    {% endfor %}

)

-- what a case depends on: its own row, its child, its team
select
    month_end,
    indicator_ref,
    period,
    case_id,
    own_link as link,
    true as is_own
from sides
where own_link is not null
union
select
    month_end,
    indicator_ref,
    period,
    case_id,
    'ssd_person|' || person_id as link,
    false as is_own
from sides
where person_id is not null
union
-- rows may still be under the ids of records merged into the child's
select
    sides.month_end,
    sides.indicator_ref,
    sides.period,
    sides.case_id,
    'ssd_person|' || people_merged.person_id as link,
    false as is_own
from sides
inner join people_merged
    on sides.person_id = people_merged.surviving_person_id
union
select
    month_end,
    indicator_ref,
    period,
    case_id,
    'ssd_department|' || team_id as link,
    false as is_own
from sides
where team_id is not null
