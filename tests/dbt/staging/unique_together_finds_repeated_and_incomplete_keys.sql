with

given as (

    select
        key_rows.thing,
        key_rows.number,
        key_rows.is_faulty
    from (
        values
        ('alone', 1, false),
        ('differs in part', 1, false),
        ('differs in part', 2, false),
        ('repeated', 1, true),
        ('repeated', 1, true),
        ('incomplete', null, true),
        (null, 1, true)
    ) as key_rows (thing, number, is_faulty)

),

found as (

    {{ repeated_or_incomplete_keys('given', ['thing', 'number']) }}

),

to_be_found as (

    select distinct
        thing,
        number
    from given
    where is_faulty

),

compared as (

    select
        'overlooked' as problem,
        to_be_found.thing,
        to_be_found.number
    from to_be_found
    left join found
        on
            to_be_found.thing is not distinct from found.thing
            and to_be_found.number is not distinct from found.number
    where found.rows_with_key is null

    union all

    select
        'reported without a fault' as problem,
        found.thing,
        found.number
    from found
    left join to_be_found
        on
            found.thing is not distinct from to_be_found.thing
            and found.number is not distinct from to_be_found.number
    where to_be_found.thing is null and to_be_found.number is null

)

select
    problem,
    thing,
    number
from compared
