with

versions as (select * from {{ source('ledger', 'versions') }}),

extracts as (

    select
        extract_id,
        files_hash
    from {{ ref('stg_landing__extracts') }}

)

select
    versions.month_end,
    versions.version,
    versions.sequence,
    versions.published_at,
    versions.published_by,
    versions.reason,
    versions.extract_id,
    versions.as_at,
    versions.code_version,
    versions.reference_hash,
    versions.entry_hash,
    row_number() over (
        partition by versions.month_end order by versions.version desc
    ) = 1 as is_latest,
    -- another extract may since have been landed under the same id
    extracts.extract_id is not null as is_extract_landed
from versions
left join extracts
    on
        versions.extract_id = extracts.extract_id
        and versions.files_hash = extracts.files_hash
