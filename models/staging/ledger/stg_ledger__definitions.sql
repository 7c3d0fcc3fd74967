select
    indicator_ref,
    definition_hash,
    reference_hash,
    project_hash,
    code_version
from {{ source('ledger', 'definitions') }}
