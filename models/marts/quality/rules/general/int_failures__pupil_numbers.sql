with

recorded as (

    {{ with_surviving_person(ref('stg_ssd__people'), ref('stg_ssd__people_merged')) }}

),

records as (select * from recorded where upn is not null and unusable_for is null),

-- few are shared, and only those are numbered
repeated as (

    select upn
    from records
    group by upn
    having count(*) > 1

),

-- the first person with a pupil number keeps it; others are reported on one record (G71)
in_order as (

    select
        records.source_row,
        dense_rank() over (
            partition by records.upn order by records.surviving_person_id
        ) as place_of_person,
        row_number() over (
            partition by records.upn, records.surviving_person_id
            order by records.surviving_person_id <> records.person_id, records.person_id
        ) as place_of_record
    from records
    inner join repeated
        on records.upn = repeated.upn

),

failed as (

    select
        records.source_row,
        in_order.place_of_person > 1 and in_order.place_of_record = 1 as per_15__pers_upn,
        not {{ is_upn('records.upn') }} as per_16__pers_upn
    from records
    left join in_order
        on records.source_row = in_order.source_row

)

{{ failures_in('failed', 'ssd_person') }}
