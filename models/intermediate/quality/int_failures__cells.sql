{# One pass over every landed table: the rules that the cells of a row break, then a row for each. #}
with

{% for landed in landed_tables() %}
{% set contract = contract_of(landed.table) %}
{{ landed.model }}_landed as (

    {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

),

{{ landed.model }} as (

    select
        '{{ landed.table }}' as table_name,
        _source_row as source_row,
        {% call(column) rows_of_list(
            contract.columns.values() | rejectattr('meta.is_personal') | list
        ) %}
        case
            when {{ column.name }} is null then null
            when {{ is_plainly_good(column, column.name in contract.meta.primary_key) }} then null
            when trim({{ column.name }}) = '' then null
            {% for rule in cell_rules(column, column.name in contract.meta.primary_key) %}
            when {{ rule[1] }} then '{{ rule[0] }} {{ column.name }}'
            {% endfor %}
        end
        {%- endcall %} as broken
    from {{ landed.model }}_landed

),
{% endfor %}

cells as (

    {% for landed in landed_tables() %}
    select * from {{ landed.model }}
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    split_part(broken, ' ', 1) as rule_id,
    table_name,
    split_part(broken, ' ', 2) as column_name,
    source_row
from cells
