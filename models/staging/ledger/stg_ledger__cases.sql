{{ config(materialized='view') }}
{# A view: the source contains what the ledger says, and it is read once. #}

select
    month_end,
    version,
    indicator_ref,
    period,
    area_code,
    case_id,
    case_month_end,
    person_id,
    team_id,
    worker_id,
    source_table,
    source_row_key,
    numerator,
    denominator
from {{ source('ledger', 'frozen_cases') }}
