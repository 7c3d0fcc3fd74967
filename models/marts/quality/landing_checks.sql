with

checks as (select * from {{ ref('stg_landing__checks') }})

select
    check_id,
    extract_id,
    table_name,
    column_name,
    check_name,
    rule_id,
    case
        when has_passed then 'passed'
        when not has_passed then 'failed'
        -- Great Expectations was missing or stopped early
        else 'not_run'
    end as outcome,
    rows_checked,
    rows_failed,
    percent_failed,
    examples,
    observed
from checks
