{# A view: one rule of quality reads it. #}
{{ config(materialized='view') }}

with

extract_in_force as (select extract_id from {{ ref('stg_landing__extract_in_force') }}),

counted as (

    {% for landed in landed_tables() %}
    select
        '{{ landed.table }}' as table_name,
        {% call(column) rows_of_list(contract_of(landed.table).columns | list) %}
        case when count(nullif(trim(landed.{{ column }}), '')) = 0 then '{{ column }}' end
        {%- endcall %} as column_name,
        count(*) as row_count
    from {{ source('ssd', landed.table) }} as landed
    inner join extract_in_force
        on landed._extract_id = extract_in_force.extract_id
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    table_name,
    column_name
from counted
where row_count > 0
