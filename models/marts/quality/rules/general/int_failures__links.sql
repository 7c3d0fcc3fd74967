{# Broken links (GEN-18). People have PER-13 and some links have their own rule; which table a plan
   review links to depends on its type; not every carer is a registered household. #}
{% set with_own_rule = [
    'x_cont_referral_id', 'cina_referral_id', 'invo_professional_id', 'plrv_plan_id',
    'x_clap_carer_id', 'invo_professional_team',
] %}
{% set plan_types = [
    ('CIN', 'ssd_cin_plans', 'cin_plans'),
    ('CARE', 'ssd_cla_care_plan', 'care_plans'),
    ('PATHWAY', 'ssdx_pathway_plans', 'pathway_plans'),
] %}
{# a link names a row; if a row is a member of a family, it names the family #}
{% set linked_columns = {'families': 'family_id'} %}
{% set tables = landed_tables() %}
{% set links = [] %}
{% for landed in tables %}
    {% for column in contract_of(landed.table).columns.values()
        if column.name not in with_own_rule %}
        {% for target in tables if target.table == column.meta.references
            and (target.model != 'people' or landed.model == 'people') %}
            {% do links.append({
                'table': landed.table, 'model': landed.model, 'column': column.name,
                'linked_table': target.table, 'linked_model': target.model,
                'linked_column': linked_columns.get(target.model, target.key),
            }) %}
        {% endfor %}
    {% endfor %}
{% endfor %}
with

has_rows as (select table_name from {{ ref('stg_landing__extract_tables') }} where has_rows),

{% for landed in tables %}
    {% set ids = ['_source_row as source_row'] %}
    {% for link in links if link.model == landed.model %}
        {% do ids.append(landed_id(link.column) ~ ' as ' ~ link.column) %}
    {% endfor %}
    {{ landed.model }}_landed as (

        {{ rows_in_force(source('ssd', landed.table), ref('stg_landing__extract_in_force')) }}

    ),

    {{ landed.model }}_ids as (

        select {{ ids | join(', ') }}
        from {{ landed.model }}_landed

    ),

    {{ landed.model }} as (select * from {{ ref('stg_ssd__' ~ landed.model) }}),

{% endfor %}
tables_of_plans as (

    {% for plan_type in plan_types %}
        select
            '{{ plan_type[0] }}' as plan_type_code,
            '{{ plan_type[1] }}' as table_name
        {{ "union all" if not loop.last }}
    {% endfor %}

),

plans as (

    {% for plan_type in plan_types %}
        select
            '{{ plan_type[0] }}' as plan_type_code,
            plan_id
        from {{ plan_type[2] }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

links as (

    {% for link in links %}
        select
            '{{ link.table }}' as table_name,
            '{{ link.linked_table }}' as linked_table_name,
            '{{ link.column }}' as column_name,
            landed_ids.source_row
        from {{ link.model }}_ids as landed_ids
        left join {{ link.linked_model }} as named
            on landed_ids.{{ link.column }} = named.{{ link.linked_column }}
        where landed_ids.{{ link.column }} is not null and named.{{ link.linked_column }} is null
        union all
    {% endfor %}
    select
        'ssdx_plan_reviews' as table_name,
        tables_of_plans.table_name as linked_table_name,
        'plrv_plan_id' as column_name,
        plan_reviews.source_row
    from plan_reviews
    inner join tables_of_plans
        on plan_reviews.plan_type_code = tables_of_plans.plan_type_code
    left join plans
        on
            plan_reviews.plan_type_code = plans.plan_type_code
            and plan_reviews.plan_id = plans.plan_id
    where plan_reviews.plan_id is not null and plans.plan_id is null

)

-- a table that is missing altogether is BAT-02
select
    'GEN-18' as rule_id,
    links.table_name,
    links.column_name,
    links.source_row
from links
inner join has_rows
    on links.linked_table_name = has_rows.table_name
