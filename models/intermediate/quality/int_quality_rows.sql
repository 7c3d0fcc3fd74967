with

{% for landed in landed_tables() %}
{{ landed.model }} as (

    select
        '{{ landed.table }}' as table_name,
        source_row,
        cast({{ landed.key }} as varchar) as row_key,
        {{ landed.person or "cast(null as varchar)" }} as person_id,
        {{ landed.worker or "cast(null as varchar)" }} as worker_id,
        {{ landed.team or "cast(null as varchar)" }} as team_id,
        {{ landed.start or "cast(null as date)" }} as event_date,
        {{ landed.end or "cast(null as date)" }} as end_date,
        {{ landed.planned or "false" }} as is_planned
    from {{ ref('stg_ssd__' ~ landed.model) }}

){{ "," if not loop.last }}
{% endfor %}

{% for landed in landed_tables() %}
select * from {{ landed.model }}
{{ "union all" if not loop.last }}
{% endfor %}
