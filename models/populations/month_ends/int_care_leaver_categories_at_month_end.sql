with

people as (select * from {{ ref('dim_person') }} where birth_date is not null),

months as (select * from {{ ref('int_reporting_months') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

looked_after as (select * from {{ ref('int_looked_after_at_month_end') }}),

days_in_care as (select * from {{ ref('int_care_qualified_at_month_end') }}),

end_reasons as (select * from {{ ref('code_groups') }} where domain = 'lac_end_reason'),

qualified as (

    select
        days_in_care.person_id,
        days_in_care.month_end
    from days_in_care
    left join end_reasons
        on
            days_in_care.last_end_reason_code = end_reasons.code
            and {{ holds_on('end_reasons', 'days_in_care.month_end') }}
    where
        {{ has_qualifying_days('days_in_care') }}
        -- T6: not adopted at the end
        and coalesce(end_reasons.code_group, '') <> 'ADOPTION'

),

open_spells as (

    select
        spells.person_id,
        months.month_end,
        spells.care_leaver_record_id,
        spells.eligibility_code as recorded_code,
        {{ age_in_years('people.birth_date', 'months.month_end') }} as age
    from {{ ref('fct_care_leaver_spells') }} as spells
    inner join months
        on {{ is_open_at('spells.start_date', 'spells.end_date', 'months.month_end') }}
    inner join people
        on spells.person_id = people.person_id
    inner join parameters
        on months.month_end = parameters.month_end
    left join looked_after
        on
            spells.person_id = looked_after.person_id
            and months.month_end = looked_after.month_end
    where
        looked_after.person_id is null
        and {{ age_in_years('people.birth_date', 'months.month_end') }}
        <= parameters.care_leaver_max_age
        and (people.death_date is null or people.death_date > months.month_end)

),

judged as (

    select
        open_spells.person_id,
        open_spells.month_end,
        open_spells.care_leaver_record_id,
        open_spells.recorded_code,
        -- G46, G65: a category recorded on any open row takes precedence over a derived one
        min(case
            when open_spells.recorded_code in ('FREL', 'REL') then open_spells.recorded_code
        end) over of_person as recorded_category_code,
        count(open_spells.recorded_code) over of_person as codes_recorded,
        case
            when qualified.person_id is null or open_spells.age < 16 then null
            when open_spells.age < 18 then 'REL'
            else 'FREL'
        end as derived_category_code
    from open_spells
    left join qualified
        on
            open_spells.person_id = qualified.person_id
            and open_spells.month_end = qualified.month_end
    window of_person as (partition by open_spells.person_id, open_spells.month_end)

),

settled as (

    select
        judged.*,
        case
            when judged.codes_recorded > 0 then judged.recorded_category_code
            else judged.derived_category_code
        end as category_code
    from judged

)

select
    person_id,
    month_end,
    care_leaver_record_id,
    category_code
from settled
-- only ELIG, QUAL or NONE recorded: out
where category_code is not null
-- the row that records it; if several, the last
qualify
    row_number() over (
        partition by person_id, month_end
        order by
            case when recorded_code = recorded_category_code then 0 else 1 end,
            care_leaver_record_id desc
    ) = 1
