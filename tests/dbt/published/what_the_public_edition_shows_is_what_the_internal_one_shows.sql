with

numbers as (

    select * from {{ ref('published_indicator_values') }}

)

select
    public_edition.indicator_ref,
    public_edition.month_end,
    public_edition.area_code
from numbers as public_edition
inner join numbers as internal_edition
    on
        public_edition.indicator_ref = internal_edition.indicator_ref
        and public_edition.month_end = internal_edition.month_end
        and public_edition.area_code = internal_edition.area_code
where
    public_edition.edition = 'public'
    and internal_edition.edition = 'internal'
    and (
        public_edition.value <> internal_edition.value
        or public_edition.numerator <> internal_edition.numerator
        or public_edition.denominator <> internal_edition.denominator
        or public_edition.ytd_value <> internal_edition.ytd_value
        or (
            not public_edition.is_suppressed
            and case
                -- the internal edition leaves out the 0 of a locality that is not recorded; the
                -- public one keeps it where saying so would reveal a hidden figure
                when internal_edition.is_not_recorded_by_locality
                    then coalesce(public_edition.value, 0) <> 0
                else public_edition.value is distinct from internal_edition.value
            end
        )
        or (public_edition.is_suppressed and public_edition.value_text not like '[%')
    )
