with

glossary as (select * from {{ ref('glossary') }})

select
    term,
    meaning,
    cast(row_number() over (order by lower(term)) as integer) as display_order
from glossary
