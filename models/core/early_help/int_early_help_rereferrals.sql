with

cases as (select * from {{ ref('fct_early_help_cases') }} where case_type_code = 'LEAD'),

members as (

    select distinct
        case_id,
        person_id
    from {{ ref('fct_early_help_members') }}

),

parameters as (select * from {{ ref('int_parameters_by_month') }}),

-- 1.8: the same family, by its id or by a child in both cases
pairs as (

    select
        cases.case_id,
        earlier_cases.case_id as earlier_case_id
    from cases
    inner join cases as earlier_cases
        on cases.family_id = earlier_cases.family_id
    union
    select
        members.case_id,
        earlier_members.case_id as earlier_case_id
    from members
    inner join members as earlier_members
        on members.person_id = earlier_members.person_id

)

select
    cases.case_id,
    max(earlier_cases.closed_date) as earlier_closed_date
from pairs
inner join cases
    on pairs.case_id = cases.case_id
inner join cases as earlier_cases
    on pairs.earlier_case_id = earlier_cases.case_id
inner join parameters
    on {{ month_end_of('cases.opened_date') }} = parameters.month_end
where
    earlier_cases.closed_date < cases.opened_date
    and earlier_cases.closed_date >= {{ add_months(
        'cases.opened_date', '-cast(parameters.eh_rereferral_months as integer)'
    ) }}
group by cases.case_id
