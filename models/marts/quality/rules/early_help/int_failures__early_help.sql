with

requests as (

    select * from {{ ref('stg_ssd__early_help_requests') }}
    where
        -- entered twice or in error: not counted
        coalesce(status_code, '') not in ('DUPLICATE', 'ERROR')
        and unusable_for is null

),

cases as (

    select * from {{ ref('stg_ssd__early_help_cases') }} where unusable_for is null

),

episodes as (select * from {{ ref('stg_ssd__early_help_episodes') }} where unusable_for is null),

extract_in_force as (select as_at_date from {{ ref('stg_landing__extract_in_force') }}),

requests_with_case as (

    select distinct request_id
    from cases
    where request_id is not null

),

-- the request for a case may not be recorded; then a later case of the family is enough
families_with_case as (

    select
        family_id,
        max(opened_date) as last_opened_date
    from cases
    where family_id is not null
    group by family_id

),

requests_checked as (

    select
        requests.*,
        requests_with_case.request_id is not null
        or coalesce(families_with_case.last_opened_date >= requests.received_date, false)
            as has_case
    from requests
    left join requests_with_case
        on requests.request_id = requests_with_case.request_id
    left join families_with_case
        on requests.family_id = families_with_case.family_id

),

episodes_checked as (

    select
        episodes.*,
        -- EHP-05: held by early help and supporting a social worker are two services
        episodes.person_id is not null
        and {{ is_open_at('episodes.joined_date', 'episodes.left_date', 'as_at_date') }}
        and row_number() over (
            partition by
                episodes.person_id,
                episodes.organisation_code,
                coalesce(cases.case_type_code, 'LEAD'),
                {{ is_open_at('episodes.joined_date', 'episodes.left_date', 'as_at_date') }}
            order by episodes.joined_date, episodes.episode_id
        ) > 1 as is_open_beside_another
    from episodes
    cross join extract_in_force
    left join cases
        on episodes.case_id = cases.case_id

),

requests_failed as (

    select
        source_row,
        outcome_code = 'ALLOCATED' and allocated_date is null and not has_case
            as ehp_03__ehrq_allocation_date,
        allocated_date < received_date as ehp_04__ehrq_allocation_date
    from requests_checked

),

episodes_failed as (

    select
        source_row,
        is_open_beside_another as ehp_05__earl_episode_end_date,
        case_id is null as ehp_06__x_earl_case_id
    from episodes_checked

)

{{ failures_in('requests_failed', 'ssdx_early_help_requests') }}
union all
{{ failures_in('episodes_failed', 'ssd_early_help_episodes') }}
