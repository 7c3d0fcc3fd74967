{% for landed in landed_tables() %}
    select
        '{{ landed.table }}' as table_name,
        _extract_id as extract_id,
        count(*) as row_count
    from {{ source('ssd', landed.table) }}
    group by _extract_id
    {{ "union all" if not loop.last }}
{% endfor %}
