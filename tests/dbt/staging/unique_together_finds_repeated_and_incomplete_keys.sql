with

given as (

    select *
    from (
        values
        ('alone', 1, null),
        ('differs in part', 1, null),
        ('differs in part', 2, null),
        ('repeated', 1, 'repeated'),
        ('repeated', 1, 'repeated'),
        ('incomplete', null, 'incomplete'),
        (null, 1, 'incomplete')
    ) as keys (thing, number, fault)

),

found as (

    {{ test_unique_together('given', ['thing', 'number']) }}

),

to_be_found as (

    select distinct
        thing,
        number
    from given
    where fault is not null

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
