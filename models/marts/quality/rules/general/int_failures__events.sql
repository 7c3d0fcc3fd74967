{# Rules that apply in the same way to the rows of every table, in one pass over all of them. #}
with

events as (select * from {{ ref('int_quality_rows') }}),

people as (select * from {{ ref('dim_person') }}),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

-- without a people table every person would be unknown; BAT-02 already reports that
table_of_people as (

    select has_rows from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_person'

),

checked as (

    select
        events.*,
        table_of_people.has_rows and not people.is_known as is_person_unknown,
        people.birth_date,
        people.death_date,
        extract_in_force.as_at_date
    from events
    cross join extract_in_force
    cross join table_of_people
    left join people
        on events.surviving_person_id = people.person_id

),

-- the first rule that applies to a date is named
judged as (

    select
        table_name,
        source_row,
        unusable_for,
        case
            -- due, target and planned dates may be in the future
            when event_date > as_at_date and not is_planned then 'GEN-04'
            -- an event on the day of death does not contradict it
            when event_date > death_date then 'PER-12'
            -- 40 weeks
            when {{ add_days('event_date', 280) }} < birth_date then 'GEN-05'
        end as rule_of_start,
        case
            when end_date > as_at_date then 'GEN-15'
            when end_date > death_date and event_date <= death_date then 'PER-12'
        end as rule_of_end,
        case when is_person_unknown then 'PER-13' end as rule_of_person
    from checked

),

failing as (

    select * from judged
    where coalesce(rule_of_start, rule_of_end, rule_of_person, unusable_for) is not null

),

failed as (

    {% for which in ['start', 'end', 'person'] %}
        select
            rule_of_{{ which }} as rule_id,
            table_name,
            '{{ which }}' as which_column,
            source_row
        from failing
        where rule_of_{{ which }} is not null
        {{ "union all" if not loop.last }}
    {% endfor %}

),

-- an unreadable start is GEN-02, and not missing as well
unreadable_dates as (select * from {{ ref('int_failures__cells') }} where rule_id = 'GEN-02'),

columns_of_tables as (

    {% for landed in landed_tables() %}
        {% for which in ['start', 'end', 'person'] if landed[which ~ '_column'] %}
            select
                '{{ landed.table }}' as table_name,
                '{{ which }}' as which_column,
                '{{ landed[which ~ "_column"] }}' as column_name
            union all
        {% endfor %}
    {% endfor %}
    select
        'ssd_person' as table_name,
        'person' as which_column,
        'pers_person_id' as column_name

)

select
    failed.rule_id,
    failed.table_name,
    columns_of_tables.column_name,
    failed.source_row
from failed
inner join columns_of_tables
    on
        failed.table_name = columns_of_tables.table_name
        and failed.which_column = columns_of_tables.which_column
union all
select
    split_part(failing.unusable_for, ' ', 1) as rule_id,
    failing.table_name,
    split_part(failing.unusable_for, ' ', 2) as column_name,
    failing.source_row
from failing
left join unreadable_dates
    on
        failing.table_name = unreadable_dates.table_name
        and failing.source_row = unreadable_dates.source_row
        and split_part(failing.unusable_for, ' ', 2) = unreadable_dates.column_name
where failing.unusable_for is not null and unreadable_dates.column_name is null
