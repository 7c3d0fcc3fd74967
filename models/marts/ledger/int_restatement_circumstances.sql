with

versions as (select * from {{ ref('stg_ledger__versions') }} where is_latest),

frozen_definitions as (

    select distinct
        month_end,
        version,
        indicator_ref,
        definition_hash
    from {{ ref('stg_ledger__values') }}

),

definitions as (select * from {{ ref('stg_ledger__definitions') }}),

compared as (

    select
        versions.month_end,
        frozen_definitions.indicator_ref,
        versions.extract_id,
        versions.is_extract_landed,
        coalesce(frozen_definitions.definition_hash <> definitions.definition_hash, false)
            as is_definition_changed,
        coalesce(versions.reference_hash <> definitions.reference_hash, false)
            as is_reference_changed
    from versions
    inner join frozen_definitions
        on
            versions.month_end = frozen_definitions.month_end
            and versions.version = frozen_definitions.version
    left join definitions
        on frozen_definitions.indicator_ref = definitions.indicator_ref

)

select
    *,
    case
        when is_definition_changed then 'definition changed'
        when is_reference_changed then 'reference data changed'
        else 'other'
    end as reason_without_rows
from compared
