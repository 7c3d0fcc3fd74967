with

{% for landed in landed_tables() %}
{{ landed.model }} as (

    {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

),
{% endfor %}

cells as (

    {% for landed in landed_tables() %}
    {% set contract = contract_of(landed.table) %}
    {% for column in contract.columns.values() if not column.meta.is_personal %}
    select
        case
            {% for rule in cell_rules(column, column.name in contract.meta.primary_key) %}
            when {{ rule[1] }} then '{{ rule[0] }}'
            {% endfor %}
        end as rule_id,
        '{{ landed.table }}' as table_name,
        '{{ column.name }}' as column_name,
        _source_row as source_row
    from {{ landed.model }}
    where trim({{ column.name }}) <> ''
    union all
    {% endfor %}
    {% endfor %}
    -- no rows, but the types, where there is no contract to read
    select
        cast(null as varchar) as rule_id,
        cast(null as varchar) as table_name,
        cast(null as varchar) as column_name,
        cast(null as integer) as source_row
    where false

)

select
    rule_id,
    table_name,
    column_name,
    source_row
from cells
where rule_id is not null
