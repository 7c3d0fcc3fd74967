{# For each extract behind a publication that is not the extract in force: the landed rows that only
   one of the two has, and what they lead to. Rows that are the same in both are dropped by their
   hash before anything else is read of them. #}
with

versions as (

    select * from {{ ref('stg_ledger__versions') }} where is_latest and is_extract_landed

),

in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

compared as (

    select distinct
        versions.extract_id as frozen_extract_id,
        extracts.extract_id,
        extracts.extract_id = in_force.extract_id as is_now,
        extracts.date_format,
        extracts.decimal_id_columns
    from versions
    inner join in_force
        on versions.extract_id <> in_force.extract_id
    inner join {{ ref('stg_landing__extracts') }} as extracts
        on
            versions.extract_id = extracts.extract_id
            or in_force.extract_id = extracts.extract_id

),

{% for landed in landed_tables() %}
{% set contract = contract_of(landed.table) %}
{% set columns = contract.columns.values() | list %}
{% set row_key %}
coalesce(
            {{ contract_key(contract, contract.meta.primary_key) or "cast(null as varchar)" }},
            'NO-ID-' || landed._row_hash
        )
{%- endset %}
{{ landed.model }}_differing as (

    select
        compared.frozen_extract_id,
        landed._row_hash
    from {{ source('ssd', landed.table) }} as landed
    inner join compared
        on landed._extract_id = compared.extract_id
    group by compared.frozen_extract_id, landed._row_hash
    having bool_and(compared.is_now) = bool_or(compared.is_now)

),

{{ landed.model }} as (

    select
        '{{ landed.table }}' as table_name,
        compared.frozen_extract_id,
        compared.is_now,
        {{ row_key }} as row_key,
        {{ landed_date(landed.start_column) if landed.start_column else "cast(null as date)" }}
            as event_date,
        concat_ws(
            '|', ''
            {% for column in columns if column.data_type in ('DATE', 'TIMESTAMP') %}
                {# with its length: a text may contain the separator #}
                , cast(length(coalesce(landed.{{ column.name }}, '')) as varchar)
                , coalesce(landed.{{ column.name }}, '')
            {% endfor %}
        ) as dates,
        {{ "coalesce(landed.x_pers_merged_into_id, '')" if landed.table == 'ssd_person' else "''" }}
            as merged_into,
        {% call(column) rows_of_list([none] + columns | selectattr('meta.references') | list) %}
        {% if column is none %}
            '{{ landed.table }}|' || {{ row_key }}
        {% else %}
            '{{ column.meta.references if column.meta.references is string }}|'
            || {{ landed_id(column.name) }}
        {% endif %}
        {%- endcall %} as link
    from {{ source('ssd', landed.table) }} as landed
    inner join compared
        on landed._extract_id = compared.extract_id
    inner join {{ landed.model }}_differing as differing
        on
            compared.frozen_extract_id = differing.frozen_extract_id
            and landed._row_hash = differing._row_hash

),
{% endfor %}

landed_rows as (

    {% for landed in landed_tables() %}
    select * from {{ landed.model }}
    {{ "union all" if not loop.last }}
    {% endfor %}

),

changed as (

    select
        frozen_extract_id,
        table_name,
        row_key,
        case
            when bool_and(is_now) then 'recorded_late'
            when not bool_or(is_now) then 'deleted'
            when count(distinct merged_into) > 1 then 'merged'
            when count(distinct dates) > 1 then 'corrected_date'
            else 'corrected_other'
        end as row_change,
        min(event_date) as event_date
    from landed_rows
    group by frozen_extract_id, table_name, row_key

)

select distinct
    changed.frozen_extract_id,
    changed.table_name,
    changed.row_key,
    landed_rows.link,
    changed.row_change,
    changed.event_date
from changed
inner join landed_rows
    on
        changed.frozen_extract_id = landed_rows.frozen_extract_id
        and changed.table_name = landed_rows.table_name
        and changed.row_key = landed_rows.row_key
