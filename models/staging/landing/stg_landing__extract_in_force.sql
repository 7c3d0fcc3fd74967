{% set wanted_extract = asked_for('extract_id') | replace("'", "''") %}
{% set wanted_as_at = asked_for('as_at') %}

with

extracts as (select * from {{ ref('stg_landing__extracts') }}),

blocked_extracts as (

    select
        extract_id,
        min(rule_id || ' ' || table_name || ': ' || finding) as blocked_by
    from {{ ref('stg_landing__blocked_extracts') }}
    group by extract_id

),

-- interface section 1: the newest extract at or before the time asked for
known_by_then as (

    select *
    from extracts
    {% if wanted_extract %}
        where extract_id = '{{ wanted_extract }}'
    {% elif wanted_as_at %}
        where cast(as_at as date) <= date '{{ wanted_as_at }}'
    {% endif %}

)

select
    known_by_then.extract_id,
    known_by_then.source_system,
    -- one council's targets, limits and other values are the demonstration county's (decision 0037)
    coalesce(known_by_then.source_system = 'SYNTHETIC', false) as is_demonstration,
    known_by_then.date_format,
    known_by_then.decimal_id_columns,
    known_by_then.as_at,
    cast(known_by_then.as_at as date) as as_at_date,
    -- a test on this column stops the build before anything is built from the extract
    blocked_extracts.blocked_by
from known_by_then
left join blocked_extracts
    on known_by_then.extract_id = blocked_extracts.extract_id
qualify
    row_number() over (
        order by
            known_by_then.as_at desc,
            known_by_then.loaded_at desc,
            known_by_then.extract_id desc
    ) = 1
