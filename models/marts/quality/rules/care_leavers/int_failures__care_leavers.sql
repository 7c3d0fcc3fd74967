with

records as (select * from {{ ref('stg_ssd__care_leavers') }}),

people as (select * from {{ ref('dim_person') }}),

periods as (select * from {{ ref('fct_lac_periods') }}),

table_of_episodes as (

    select * from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_cla_episodes'

),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

judged as (

    select
        records.care_leaver_record_id,
        records.person_id,
        records.eligibility_code,
        records.in_touch_code,
        records.is_accommodation_suitable,
        -- entities: a record without a date is dated on the day of the extract
        coalesce(records.as_at_date, extract_in_force.as_at_date) as as_at_date,
        records.to_date,
        -- the return writes 0 where something is not known
        nullif(records.activity_code, '0') as activity_code,
        nullif(records.accommodation_code, '0') as accommodation_code,
        records.source_row,
        people.birth_date,
        parameters.care_leaver_max_age
    from records
    cross join extract_in_force
    inner join parameters
        on {{ month_end_of('extract_in_force.as_at_date') }} = parameters.month_end
    left join people
        on records.person_id = people.person_id

),

care_by_record as (

    select
        judged.care_leaver_record_id,
        -- section 9: from the 18th birthday nobody is in care, but an episode without an end still
        -- still says so
        bool_or(
            {{ is_open_at('periods.start_date', 'periods.end_date', 'judged.as_at_date') }}
            and (
                periods.end_date is null
                or {{ is_child_at('periods', 'judged.as_at_date') }}
            )
        ) as is_in_care,
        -- E2: the child died
        bool_or(periods.end_reason_code = 'E2') as died_in_care
    from judged
    inner join periods
        on judged.person_id = periods.person_id
    group by judged.care_leaver_record_id

),

checked as (

    select
        judged.*,
        {{ age_in_years('judged.birth_date', 'judged.as_at_date') }} as age,
        row_number() over (
            partition by judged.person_id, judged.as_at_date
            order by judged.care_leaver_record_id
        ) as number_of_day,
        -- ELIG is for children still in care, NONE for someone who is not a care leaver
        coalesce(judged.eligibility_code, 'REL') in ('REL', 'FREL', 'QUAL') as is_as_leaver,
        coalesce(care_by_record.is_in_care or care_by_record.died_in_care, false)
            as is_contradicted_by_care,
        -- anyone who qualifies was in care after the 16th birthday: episodes must go back that far
        care_by_record.care_leaver_record_id is null
        and judged.person_id is not null
        and table_of_episodes.has_rows
        and judged.birth_date is not null
        and coalesce(table_of_episodes.history_from, judged.birth_date)
        <= {{ birthday('judged.birth_date', 16) }} as was_never_in_care
    from judged
    cross join table_of_episodes
    left join care_by_record
        on judged.care_leaver_record_id = care_by_record.care_leaver_record_id

),

failed as (

    select
        source_row,
        person_id is not null and number_of_day > 1 as clv_01__x_clea_as_at_date,
        activity_code is null and (in_touch_code = 'YES' or accommodation_code is not null)
            as clv_03__clea_care_leaver_activity,
        accommodation_code is null and (in_touch_code = 'YES' or activity_code is not null)
            as clv_03__clea_care_leaver_accommodation,
        in_touch_code in ('DIED', 'RHOM') and activity_code is not null
            as clv_04__clea_care_leaver_activity,
        accommodation_code in ('T', 'T1', 'T2') and age < 18
            as clv_05__clea_care_leaver_accommodation,
        case
            when accommodation_code like '_1' then not is_accommodation_suitable
            when accommodation_code like '_2' then is_accommodation_suitable
        end as clv_06__clea_care_leaver_accom_suitable,
        is_as_leaver and (is_contradicted_by_care or was_never_in_care)
            as clv_07__x_clea_eligibility_code,
        (age < 16 or age > care_leaver_max_age)
        and coalesce(eligibility_code, 'REL') <> 'NONE'
        and coalesce(to_date > as_at_date, true)
            as clv_08__x_clea_eligibility_code
    from checked

)

{{ failures_in('failed', 'ssd_care_leavers') }}
