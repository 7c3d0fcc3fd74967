{# Internal edition only: how many of a few children are in doubt is a small count. #}
with

by_indicator as (select * from {{ ref('quality_by_indicator') }})

select
    'internal' as edition,
    indicator_ref,
    month_end,
    area_code,
    case_count,
    person_count,
    doubtful_case_count,
    doubtful_person_count,
    rule_ids
from by_indicator
