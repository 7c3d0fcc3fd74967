{# The detail table of each domain whose groups are its rows. #}
{% set tables = {
    'contact_source': 'T1',
    'assessment_outcome': 'T2',
    's47_outcome': 'T3',
    'placement_type': 'T4',
} %}

with

code_groups as (

    select * from {{ ref('code_groups') }}

),

detail_rows as (

    select * from {{ ref('detail_table_rows') }}

),

rows_due as (

    {% for domain, detail_table in tables.items() %}
        select
            '{{ detail_table }}' as detail_table,
            code_group as row_code
        from code_groups
        where domain = '{{ domain }}'
        union
    {% endfor %}
    -- T5 has a row for each residential type
    select
        'T5' as detail_table,
        code as row_code
    from code_groups
    where domain = 'placement_type' and code_group = 'RESIDENTIAL'

)

select
    rows_due.detail_table,
    rows_due.row_code
from rows_due
left join detail_rows
    on
        rows_due.detail_table = detail_rows.detail_table
        and rows_due.row_code = detail_rows.row_code
where detail_rows.row_code is null
