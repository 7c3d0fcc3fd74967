with

items as (select * from {{ ref('int_restatement_items') }}),

reasons as (select * from {{ ref('int_restatement_item_reasons') }}),

circumstances as (select * from {{ ref('int_restatement_circumstances') }}),

versions as (

    select * from {{ ref('stg_ledger__versions') }} where is_latest

)

select
    items.month_end,
    versions.version,
    items.indicator_ref,
    items.area_code,
    items.period,
    items.item_kind,
    items.item_id,
    items.person_id,
    case
        when not items.is_frozen then 'came'
        when not items.is_now then 'went'
        else 'changed'
    end as movement,
    case
        when items.item_kind = 'availability' then 'availability changed'
        when items.item_kind = 'population' then circumstances.reason_without_rows
        when not circumstances.is_extract_landed then 'unknown (extract not landed)'
        else coalesce(reasons.reason, circumstances.reason_without_rows)
    end as reason,
    reasons.reason_table,
    reasons.reason_row_key,
    items.source_table,
    items.source_row_key,
    items.numerator_frozen,
    items.numerator_now,
    items.numerator_now - items.numerator_frozen as numerator_difference,
    items.denominator_frozen,
    items.denominator_now,
    items.denominator_now - items.denominator_frozen as denominator_difference
from items
inner join versions
    on items.month_end = versions.month_end
inner join circumstances
    on
        items.month_end = circumstances.month_end
        and items.indicator_ref = circumstances.indicator_ref
left join reasons
    on
        items.month_end = reasons.month_end
        and items.indicator_ref = reasons.indicator_ref
        and items.period = reasons.period
        and items.area_code = reasons.area_code
        and items.item_kind = reasons.item_kind
        and items.item_id = reasons.item_id
