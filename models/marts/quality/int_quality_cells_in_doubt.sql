{# One pass over every landed table for the rows in which not every cell is obviously valid. It is a
   separate table: in one statement with int_failures__cells, planning takes longer than running. #}
with

{% for landed in landed_tables() %}
{% set contract = contract_of(landed.table) %}
{% set columns = contract.columns.values() | rejectattr('meta.is_personal') | list %}
{% set doubts = [] %}
{% set cells = [] %}
{% for column in columns %}
    {% set is_good = is_plainly_good(column, is_id_column(contract, column)) %}
    {% set doubt = column.name ~ " is not null and not coalesce(" ~ is_good ~ ", false)" %}
    {% set cell = "'" ~ column.name ~ " ' || " ~ column.name %}
    {% do doubts.append(doubt) %}
    {# free text is included only if it is itself in doubt #}
    {% set is_written = kind_of_cells(column) in ('TEXT', 'JSON') %}
    {% do cells.append("case when " ~ doubt ~ " then " ~ cell ~ " end" if is_written else cell) %}
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
