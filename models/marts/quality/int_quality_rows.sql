{{ config(materialized="view") }}
{# The quality gate's single pass over the rows that staging kept; everything that needs only what
   all tables have in common is built from here. #}
{% set unusable = unusable_rows() %}
with

{% for landed in landed_tables() %}
    {{ landed.model }} as (

        select
            '{{ landed.table }}' as table_name,
            source_row,
            cast({{ landed.key }} as varchar) as row_key,
            cast({{ landed.person or "null" }} as varchar) as person_id,
            cast({{ landed.worker or "null" }} as varchar) as worker_id,
            cast({{ landed.team or "null" }} as varchar) as team_id,
            cast({{ landed.start or "null" }} as date) as event_date,
            cast({{ landed.end or "null" }} as date) as end_date,
            {{ landed.planned or "false" }} as is_planned,
            {{ "true" if landed.end else "false" }} as has_end,
            -- a row that is unusable for two reasons is reported for the first
            case
                {% for rule in unusable.get(landed.model, []) %}
                    when {{ rule[2] }} then '{{ rule[0] }} {{ rule[1] }}'
                {% endfor %}
                when false then ''
            end as unusable_for,
            -- null if part of it is missing
            {% for part in landed.alike or ["null"] -%}
                cast({{ part }} as varchar){{ " || '|' || " if not loop.last }}
            {%- endfor %} as alike_in
        from {{ ref('stg_ssd__' ~ landed.model) }}

    ),
{% endfor %}

rows_kept as (

    {% for landed in landed_tables() %}
        select * from {{ landed.model }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

people_merged as (select * from {{ ref('stg_ssd__people_merged') }}),

-- a permanence row may name the child by the second of its ids (contract)
decisions as (

    select
        'ssd_permanence' as table_name,
        permanence_decision_id as row_key,
        person_id
    from {{ ref('int_permanence_decisions_identified') }}

)

select
    rows_kept.*,
    coalesce(decisions.person_id, people_merged.surviving_person_id, rows_kept.person_id)
        as surviving_person_id
from rows_kept
left join people_merged
    on rows_kept.person_id = people_merged.person_id
left join decisions
    on
        rows_kept.table_name = decisions.table_name
        and rows_kept.row_key = decisions.row_key
