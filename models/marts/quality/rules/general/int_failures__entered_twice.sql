{# Rows with different ids that record the same for the same person and day (GEN-12): all but the
   one with the first id. G71: the values compared are those in staging. #}
with

rows_kept as (

    select
        table_name,
        source_row,
        row_key,
        surviving_person_id,
        alike_in
    from {{ ref('int_quality_rows') }}
    where alike_in is not null and surviving_person_id is not null

),

-- few: numbering only their rows costs a third of numbering all rows
repeated as (

    select
        table_name,
        surviving_person_id,
        alike_in
    from rows_kept
    group by table_name, surviving_person_id, alike_in
    having count(*) > 1

),

numbered as (

    select
        rows_kept.*,
        row_number() over (
            partition by rows_kept.table_name, rows_kept.surviving_person_id, rows_kept.alike_in
            order by rows_kept.row_key
        ) as place
    from rows_kept
    inner join repeated
        on
            rows_kept.table_name = repeated.table_name
            and rows_kept.surviving_person_id = repeated.surviving_person_id
            and rows_kept.alike_in = repeated.alike_in

)

select
    'GEN-12' as rule_id,
    table_name,
    case table_name
        {% for landed in landed_tables() if landed.alike %}
            when '{{ landed.table }}' then '{{ landed.alike_column or landed.start_column }}'
        {% endfor %}
    end as column_name,
    source_row
from numbered
where place > 1
