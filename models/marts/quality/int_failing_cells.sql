{# Content of the cell that a failure refers to; never names, pupil numbers or postcodes. #}
with

{% for landed in landed_tables() %}
    {{ landed.model }} as (

        {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

    ),
{% endfor %}
failing as (

    select distinct
        table_name,
        source_row,
        column_name
    from {{ ref('int_quality_failures') }}
    where source_row is not null

)

{% for landed in landed_tables() %}
    {% set columns = contract_of(landed.table).columns %}
    select
        failing.table_name,
        failing.source_row,
        failing.column_name,
        landed_rows._source_file as source_file,
        case failing.column_name
            when '' then ''
        {% for column in columns.values() if not column.meta.is_personal %}
                when '{{ column.name }}' then landed_rows.{{ column.name }}
            {% endfor %}
        end as cell_value
    from failing
    inner join {{ landed.model }} as landed_rows
        on failing.source_row = landed_rows._source_row
    where failing.table_name = '{{ landed.table }}'
    {{ "union all" if not loop.last }}
{% endfor %}
