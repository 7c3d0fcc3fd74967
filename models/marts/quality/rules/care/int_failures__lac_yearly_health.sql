{# HLT-03. The annual return asks about the health of children in care for twelve months at 31
   March; the extract contains the checks themselves, so the rule is applied to those. #}
with

checks as (select * from {{ ref('fct_health_checks') }}),

landed_checks as (select * from {{ ref('stg_ssd__health_checks') }}),

episodes as (select * from {{ ref('int_quality_lac_episodes') }} where not is_short_break),

table_of_checks as (

    select * from {{ ref('stg_landing__extract_tables') }} where table_name = 'ssd_cla_health'

),

-- the last year of the return that had ended when the extract was taken
years as (

    select
        {{ add_months(financial_year_start_of(add_days('as_at_date', 1)), -12) }} as first_day,
        {{ add_days(financial_year_start_of(add_days('as_at_date', 1)), -1) }} as last_day
    from {{ ref('stg_landing__extract_in_force') }}

),

in_care_at_year_end as (

    select
        periods.person_id,
        periods.start_date as care_start_date,
        years.first_day,
        years.last_day,
        -- section 9: a child who came into care on the first day counts as in care throughout
        periods.start_date <= years.first_day as is_all_year
    from {{ ref('fct_lac_periods') }} as periods
    cross join years
    where
        {{ is_open_at('periods.start_date', 'periods.end_date', 'years.last_day') }}
        and {{ is_child_at('periods', 'years.last_day') }}

),

checks_of_year as (

    select
        in_care_at_year_end.person_id,
        in_care_at_year_end.is_all_year,
        checks.check_type_code,
        checks.is_completed,
        landed_checks.status_code,
        landed_checks.stage_code,
        landed_checks.source_row
    from in_care_at_year_end
    inner join checks
        on
            in_care_at_year_end.person_id = checks.person_id
            and in_care_at_year_end.first_day <= checks.check_date
            and in_care_at_year_end.care_start_date <= checks.check_date
            and in_care_at_year_end.last_day >= checks.check_date
    inner join landed_checks
        on checks.health_check_id = landed_checks.health_check_id
    where checks.check_type_code in ('HEALTH_ASSESSMENT', 'DENTAL')

),

-- a refusal is an answer to the return
answers as (

    select
        person_id,
        count(distinct check_type_code) as answered_types
    from checks_of_year
    where is_completed or status_code = 'REFUSED'
    group by person_id

),

unanswered as (

    select episodes.source_row
    from in_care_at_year_end
    cross join table_of_checks
    inner join episodes
        on
            in_care_at_year_end.person_id = episodes.person_id
            and {{ is_open_at(
                'episodes.start_date', 'episodes.end_date', 'in_care_at_year_end.last_day'
            ) }}
    left join answers
        on in_care_at_year_end.person_id = answers.person_id
    where
        in_care_at_year_end.is_all_year
        and coalesce(answers.answered_types, 0) < 2
        and table_of_checks.has_rows
        and coalesce(table_of_checks.history_from, in_care_at_year_end.first_day)
        <= in_care_at_year_end.first_day
    qualify
        row_number() over (
            partition by in_care_at_year_end.person_id
            order by episodes.start_date desc, episodes.episode_id desc
        ) = 1

),

-- the initial assessment is a legal requirement and does not answer the return
checks_of_year_failed as (

    select
        source_row,
        not is_all_year and is_completed and coalesce(stage_code, '') <> 'IHA'
            as hlt_03__clah_health_check_type
    from checks_of_year

),

unanswered_failed as (

    select
        source_row,
        true as hlt_03__clae_person_id
    from unanswered

)

{{ failures_in('checks_of_year_failed', 'ssd_cla_health') }}
union all
{{ failures_in('unanswered_failed', 'ssd_cla_episodes') }}
