{# Rows with ids of their own that say the same of the same person on the same day (GEN-12): all but
   the one with the first id. Tables that the catalogue has a rule of their own for are left to it. #}
{% set with_own_rule = ['ssd_contacts', 'ssd_initial_cp_conference', 'ssd_care_leavers'] %}
{% set checked = landed_tables()
    | selectattr('start_column', 'defined')
    | rejectattr('table', 'in', with_own_rule)
    | list %}
with

rows_kept as (select * from {{ ref('int_quality_rows') }}),

{% for landed in checked %}
    {{ landed.model }}_landed as (

        {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

    ),
{% endfor %}

keyed as (

    {% for landed in checked %}
        select
            '{{ landed.table }}' as table_name,
            '{{ landed.start_column }}' as column_name,
            _source_row as source_row,
            -- null where a part of it is missing
            {% for part in contract_of(landed.table).meta.natural_key or ['_source_row'] -%}
                {{ landed_code(part) }}{{ " || '|' || " if not loop.last }}
            {%- endfor %} as natural_key
        from {{ landed.model }}_landed
        {{ "union all" if not loop.last }}
    {% endfor %}

),

-- few: to number only their rows costs a third of numbering all
repeated as (

    select
        table_name,
        natural_key
    from keyed
    where natural_key is not null
    group by table_name, natural_key
    having count(*) > 1

),

numbered as (

    select
        keyed.table_name,
        keyed.column_name,
        keyed.source_row,
        row_number() over (
            partition by keyed.table_name, keyed.natural_key order by rows_kept.row_key
        ) as place
    from keyed
    inner join repeated
        on
            keyed.table_name = repeated.table_name
            and keyed.natural_key = repeated.natural_key
    inner join rows_kept
        on
            keyed.table_name = rows_kept.table_name
            and keyed.source_row = rows_kept.source_row

)

select
    'GEN-12' as rule_id,
    table_name,
    column_name,
    source_row
from numbered
where place > 1
