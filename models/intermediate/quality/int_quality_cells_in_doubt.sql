{# One pass over every landed table for the rows in which not every cell is plainly good. A table of
   its own: with the rules of int_failures__cells in one statement, DuckDB plans it for longer than
   it runs. #}
with

{% for landed in landed_tables() %}
{% set contract = contract_of(landed.table) %}
{% set columns = contract.columns.values() | rejectattr('meta.is_personal') | list %}
{% set doubts = [] %}
{% for column in columns %}
    {% set is_good = is_plainly_good(column, is_id_column(contract, column)) %}
    {% do doubts.append(column.name ~ " is not null and not coalesce(" ~ is_good ~ ", false)") %}
{% endfor %}
{{ landed.model }}_landed as (

    {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

),

{{ landed.model }} as (

    select
        '{{ landed.table }}' as table_name,
        _source_row as source_row,
        date_format,
        {% call(column) rows_of_list(columns) %}
        '{{ column.name }} ' || {{ column.name }}
        {%- endcall %} as named_cell
    from {{ landed.model }}_landed
    where {{ doubts | join(' or ') or 'false' }}

),
{% endfor %}

named_cells as (

    {% for landed in landed_tables() %}
    select * from {{ landed.model }}
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    table_name,
    source_row,
    date_format,
    split_part(named_cell, ' ', 1) as column_name,
    substr(named_cell, position(' ' in named_cell) + 1) as cell
from named_cells
