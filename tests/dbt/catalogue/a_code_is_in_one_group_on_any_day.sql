-- The rules join a code to its group; in two groups at once it would count twice.
with

code_groups as (

    select
        domain,
        code,
        code_group,
        coalesce(valid_from, date '0001-01-01') as valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from {{ ref('code_groups') }}

),

followed as (

    select
        *,
        lead(valid_from) over (
            partition by domain, code order by valid_from, valid_to
        ) as next_valid_from
    from code_groups

)

select
    domain,
    code,
    code_group,
    valid_from,
    valid_to
from followed
where next_valid_from < valid_to or valid_to <= valid_from
