{# One pass over every landed table for the rows in which not every cell is obviously valid. It is a
   separate table: in one statement with int_failures__cells, planning takes longer than running. #}
with

{% for landed in landed_tables() %}
{% set contract = contract_of(landed.table) %}
{% set columns = contract.columns.values() | rejectattr('meta.is_personal') | list %}
{% set cells = [] %}
{% for column in columns %}
    {% set cell = "'" ~ column.name ~ " ' || " ~ column.name %}
    {# free text is included only if it is itself in doubt #}
    {% set is_written = kind_of_cells(column) in ('TEXT', 'JSON')
        and not is_id_column(contract, column) %}
    {% do cells.append(
        "case when " ~ is_cell_in_doubt(column) ~ " then " ~ cell ~ " end" if is_written else cell
    ) %}
{% endfor %}
{{ landed.model }}_landed as (

    {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

),

{{ landed.model }} as (

    select
        '{{ landed.table }}' as table_name,
        _source_row as source_row,
        date_format,
        {% call(cell) rows_of_list(cells) %}{{ cell }}{% endcall %} as named_cell
    from {{ landed.model }}_landed
    where {{ is_row_in_doubt(contract, columns) }}

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
