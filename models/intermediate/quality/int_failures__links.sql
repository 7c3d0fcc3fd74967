{# Links that lead nowhere (GEN-17). Persons have PER-13, some links a rule of their own; which
   table a plan review leads to depends on its type; not every carer is a registered household. #}
{% set with_own_rule = [
    'x_cont_referral_id', 'cina_referral_id', 'invo_professional_id', 'plrv_plan_id',
    'x_clap_carer_id', 'invo_professional_team',
] %}
{% set tables = landed_tables() %}
with

has_rows as (select table_name from {{ ref('stg_landing__extract_tables') }} where has_rows),

-- what the links of other tables name: the key of the row, or the family or household it is of
named as (

    select
        table_name,
        row_key as named_id
    from {{ ref('int_quality_rows') }}
    where table_name <> 'ssd_family'
    union all
    select distinct
        'ssd_family' as table_name,
        family_id as named_id
    from {{ ref('stg_ssd__families') }}

),

{% for landed in tables %}
    {{ landed.model }}_landed as (

        {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

    ),
{% endfor %}

plan_tables as (

    {% for type_code, table_name in [
        ('CIN', 'ssd_cin_plans'), ('CARE', 'ssd_cla_care_plan'), ('PATHWAY', 'ssdx_pathway_plans'),
    ] %}
        select
            '{{ type_code }}' as plan_type_code,
            '{{ table_name }}' as table_name
        {{ "union all" if not loop.last }}
    {% endfor %}

),

links as (

    {% for landed in tables %}
        {% for column in contract_of(landed.table).columns.values() %}
    {% set target = tables | selectattr('table', 'equalto', column.meta.references) | first %}
    {% set is_person = target and target.model == 'people' and landed.model != 'people' %}
    {% if target and not is_person and column.name not in with_own_rule %}
    select
        '{{ landed.table }}' as table_name,
        '{{ target.table }}' as linked_table_name,
        '{{ column.name }}' as column_name,
        landed_rows._source_row as source_row
    from {{ landed.model }}_landed as landed_rows
    left join named
        on
            {{ landed_code('landed_rows.' ~ column.name) }} = named.named_id
            and named.table_name = '{{ target.table }}'
    where
        {{ landed_code('landed_rows.' ~ column.name) }} is not null
        and named.named_id is null
    union all
    {% endif %}
    {% endfor %}
    {% endfor %}
    select
        'ssdx_plan_reviews' as table_name,
        plan_tables.table_name as linked_table_name,
        'plrv_plan_id' as column_name,
        plan_reviews.source_row
    from {{ ref('stg_ssd__plan_reviews') }} as plan_reviews
    inner join plan_tables
        on plan_reviews.plan_type_code = plan_tables.plan_type_code
    left join named
        on
            plan_tables.table_name = named.table_name
            and plan_reviews.plan_id = named.named_id
    where plan_reviews.plan_id is not null and named.named_id is null

)

-- a table that is not there at all is BAT-02
select
    'GEN-17' as rule_id,
    links.table_name,
    links.column_name,
    links.source_row
from links
inner join has_rows
    on links.linked_table_name = has_rows.table_name
