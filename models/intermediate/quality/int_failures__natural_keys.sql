{# Rows with ids of their own that say the same of the same person on the same day (GEN-12). Tables
   that the catalogue has a rule of their own for are left to it. #}
{% set with_own_rule = ['ssd_contacts', 'ssd_initial_cp_conference', 'ssd_care_leavers'] %}
{% set checked = landed_tables()
    | selectattr('start_column', 'defined')
    | rejectattr('table', 'in', with_own_rule)
    | list %}
with

rows_kept as (

    select
        table_name,
        source_row
    from {{ ref('int_quality_rows') }}

),

{% for landed in checked %}
    {% set natural_key = contract_of(landed.table).meta.natural_key or ['_source_row'] %}
    {{ landed.model }}_landed as (

        {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

    ),

    {{ landed.model }} as (

        select
            '{{ landed.table }}' as table_name,
            '{{ landed.start_column }}' as column_name,
            rows_kept.source_row
        from rows_kept
        inner join {{ landed.model }}_landed as landed_rows
            on rows_kept.source_row = landed_rows._source_row
        where
            rows_kept.table_name = '{{ landed.table }}'
            {% for part in natural_key %}
                and {{ landed_code(part) }} is not null
            {% endfor %}
        qualify
            row_number() over (
                partition by
                {% for part in natural_key %}
                        {{ landed_code(part) }}{{ "," if not loop.last }}
                {% endfor %}
                order by rows_kept.source_row
            ) > 1

    ),
{% endfor %}

repeated as (

    {% for landed in checked %}
        select * from {{ landed.model }}
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    'GEN-12' as rule_id,
    table_name,
    column_name,
    source_row
from repeated
