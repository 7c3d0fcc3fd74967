{% set unusable = unusable_rows() %}
{% set landed_with_rules = landed_tables() | selectattr('model', 'in', unusable.keys()) | list %}

with

{% for landed in landed_with_rules %}
{{ landed.model }} as (

    select * from {{ ref('stg_ssd__' ~ landed.model) }}

),
{% endfor %}

failed as (

    {% for landed in landed_with_rules %}
    {{ failed_rules(landed.model, landed.table, unusable[landed.model]) }}
    {{ "union all" if not loop.last }}
    {% endfor %}

)

-- a row that fails twice is set aside for the first reason
select
    rule_id,
    table_name,
    column_name,
    source_row
from failed
qualify
    row_number() over (
        partition by table_name, source_row order by rule_id, column_name
    ) = 1
