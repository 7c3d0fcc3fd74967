with

-- a column that is empty in every row is present but contains nothing
met as (

    select
        indicator_ref,
        raw_table,
        requirement,
        {{ split_to_rows('met_by', '|') }} as column_name
    from {{ ref('int_indicator_requirements') }}
    where met_by is not null and effect = 'needed'

),

said_by_nothing as (

    select met.*
    from met
    left join {{ ref('stg_landing__empty_columns') }} as empty_columns
        on
            met.raw_table = empty_columns.table_name
            and met.column_name = empty_columns.column_name
    qualify
        bool_and(empty_columns.column_name is not null) over (
            partition by met.indicator_ref, met.raw_table, met.requirement
        )

)

select
    'BAT-15' as rule_id,
    raw_table as table_name,
    column_name,
    'empty in every row; feeds ' || string_agg(indicator_ref, ', ' order by indicator_ref)
        as cell_value
from said_by_nothing
group by raw_table, column_name
