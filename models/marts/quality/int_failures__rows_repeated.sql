{# What staging did not keep because another row of the table has the same id. #}
with

{% for landed in landed_tables() %}
    {% set contract = contract_of(landed.table) %}
    {{ landed.model }}_landed as (

        {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

    ),

    {{ landed.model }} as (

        select
            '{{ landed.table }}' as table_name,
            '{{ contract.meta.primary_key | first }}'
                as column_name,
            '{{ "PER-02" if landed.table == "ssd_person" else "GEN-10" }}' as conflict_rule_id,
            {{ contract_key(contract, contract.meta.primary_key) or "cast(null as varchar)" }}
                as row_key,
            {{ landed.model }}_landed._source_row as source_row,
            {{ landed.model }}_landed._row_hash as row_hash,
            same_content.row_hash is not null as is_kept_elsewhere
        from {{ landed.model }}_landed
        left join {{ ref('stg_ssd__' ~ landed.model) }} as rows_kept
            on {{ landed.model }}_landed._source_row = rows_kept.source_row
        left join {{ ref('stg_ssd__' ~ landed.model) }} as same_content
            on {{ landed.model }}_landed._row_hash = same_content.row_hash
        where rows_kept.source_row is null

    ),
{% endfor %}

left_out as (

    {% for landed in landed_tables() %}
        select * from {{ landed.model }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

judged as (

    select
        left_out.*,
        left_out.is_kept_elsewhere
        or row_number() over (
            partition by left_out.table_name, left_out.row_hash order by left_out.source_row
        ) > 1 as is_exact_duplicate
    from left_out

)

select
    case when is_exact_duplicate then 'GEN-11' else conflict_rule_id end as rule_id,
    table_name,
    column_name,
    source_row,
    row_key,
    is_exact_duplicate
from judged
