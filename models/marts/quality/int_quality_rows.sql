{{ config(materialized="view") }}
{# The quality gate's single pass over the rows that staging kept; everything that needs only what
   all tables have in common is built from here. #}
{% set unusable = unusable_rows() %}
{# Whose row it is, where the id on it is not enough: people follow their own merged records, and a
   permanence row may name the child by the second of its ids (contract). #}
{% set followed = {
    'people': [ref('stg_ssd__people_merged'), 'surviving_person_id'],
    'permanence_decisions': [ref('int_permanence_decisions_identified'), 'person_id'],
} %}

with

{% for landed in landed_tables() if landed.model in followed %}
    {{ landed.model }}_followed as (

        select
            kept.*,
            followed.{{ followed[landed.model][1] }} as person_followed
        from {{ ref('stg_ssd__' ~ landed.model) }} as kept
        left join {{ followed[landed.model][0] }} as followed
            on kept.{{ landed.key }} = followed.{{ landed.key }}

    ){{ "," if not loop.last }}
{% endfor %}

{% for landed in landed_tables() %}
    {% set person = "person_id" if landed.person else "cast(null as varchar)" %}
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
        {{ "unusable_for" if landed.model in unusable else "cast(null as varchar)" }}
            as unusable_for,
        -- null if part of it is missing
        {% for part in landed.alike or ["null"] -%}
            cast({{ part }} as varchar){{ " || '|' || " if not loop.last }}
        {%- endfor %} as alike_in,
        {{ "coalesce(person_followed, person_id)" if landed.model in followed else person }}
            as surviving_person_id
    from
        {{ landed.model ~ "_followed" if landed.model in followed
            else ref('stg_ssd__' ~ landed.model) }}
    {{ "union all" if not loop.last }}
{% endfor %}
