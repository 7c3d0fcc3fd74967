{# The whole catalogue of the schema; `ref` only makes the test wait for the models. #}
-- depends_on: {{ ref('published_indicator_summary') }}
-- depends_on: {{ ref('published_report_cards') }}
with

published_columns as (

    select
        table_name,
        column_name,
        data_type
    from information_schema.columns
    where table_schema = 'published'

)

select *
from published_columns
where
    -- ids of people, cases, workers and teams, free text and places; extract_id is not an id
    (
        regexp_matches(
            column_name,
            '(person|child|case|worker|team|carer|household|family|plan|visit|staff).*_id$|_id$'
        )
        and column_name <> 'extract_id'
    )
    or regexp_matches(column_name, 'forename|surname|birth|postcode|upn|nhs|source_row')
    or data_type not in (
        'VARCHAR', 'DOUBLE', 'INTEGER', 'BIGINT', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'DECIMAL(10,2)'
    )
