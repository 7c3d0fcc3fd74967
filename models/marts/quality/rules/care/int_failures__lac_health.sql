with

checks as (select * from {{ ref('stg_ssd__health_checks') }} where unusable_for is null),

people as (select * from {{ ref('dim_person') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

judged as (

    select
        checks.*,
        extract_in_force.as_at_date,
        -- entities: no status counts as completed if the date has passed
        coalesce(checks.status_code, 'COMPLETED') = 'COMPLETED'
        and checks.check_date <= extract_in_force.as_at_date as is_completed,
        checks.status_code = 'PLANNED'
        and checks.check_date < extract_in_force.as_at_date
        and checks.person_id is not null as is_past_plan
    from checks
    cross join extract_in_force

),

-- an answer on or after the planned day, of whatever kind: completed, refused or cancelled
checked as (

    select
        judged.*,
        people.birth_date,
        max(judged.check_date) filter (
            where coalesce(judged.status_code, 'COMPLETED') <> 'PLANNED'
            and judged.check_date <= judged.as_at_date
        ) over (
            partition by judged.person_id, judged.check_type_code
        ) as last_answer_date
    from judged
    left join people
        on judged.person_id = people.person_id

),

failed as (

    select
        source_row,
        is_completed and check_date < birth_date as hlt_02__clah_health_check_date,
        is_past_plan and coalesce(last_answer_date < check_date, true)
            as hlt_02__clah_health_check_status
    from checked

)

{{ failures_in('failed', 'ssd_cla_health') }}
