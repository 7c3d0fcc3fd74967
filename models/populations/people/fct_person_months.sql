{% set stocks = {
    'is_in_early_help': 'int_cases__children_in_early_help',
    'is_in_need': 'int_in_need_at_month_end',
    'is_on_cp_plan': 'int_on_cp_plan_at_month_end',
    'is_looked_after': 'int_looked_after_at_month_end',
    'is_care_leaver': 'int_care_leaver_categories_at_month_end',
} %}

with

counted as (

    {% for status, model in stocks.items() %}
        select
            person_id,
            month_end,
            '{{ status }}' as status
        from {{ ref(model) }}
        where person_id is not null
        {{ "union all" if not loop.last }}
    {% endfor %}

),

person_months as (

    select
        {% for status in stocks %}
            bool_or(status = '{{ status }}') as {{ status }},
        {% endfor %}
        person_id,
        month_end
    from counted
    group by person_id, month_end

),

people as (select * from {{ ref('dim_person') }}),

-- of several families, the lowest id
families as (

    select
        person_id,
        min(family_id) as family_id
    from {{ ref('stg_ssd__families') }}
    group by person_id

),

-- section 10: the primary allocation of the day
allocations as (select * from {{ ref('int_case_places') }} where not is_team),

looked_after as (select * from {{ ref('int_looked_after_at_month_end') }}),

placements as (select * from {{ ref('int_current_placements_at_month_end') }}),

-- G40: of overlapping episodes, the one that started last, then the highest id
episodes as (

    select
        looked_after.person_id,
        looked_after.month_end,
        episodes.legal_status_code,
        recorded.provider_code
    from looked_after
    inner join {{ ref('fct_lac_episodes') }} as episodes
        on
            looked_after.lac_period_id = episodes.lac_period_id
            and {{ is_open_at(
                'episodes.start_date', 'episodes.end_date', 'looked_after.month_end'
            ) }}
    left join {{ ref('stg_ssd__placements') }} as recorded
        on episodes.placement_id = recorded.placement_id
    qualify
        row_number() over (
            partition by looked_after.person_id, looked_after.month_end
            order by episodes.start_date desc, episodes.episode_id desc
        ) = 1

)

select
    person_months.person_id,
    person_months.month_end,
    {% for status in stocks %}
        person_months.{{ status }},
    {% endfor %}
    {{ age_in_years('people.birth_date', 'person_months.month_end') }} as age,
    people.sex_code,
    people.ethnicity_code,
    families.family_id,
    allocations.team_id,
    allocations.worker_id,
    coalesce(allocations.area_code, 'NOT_ALLOCATED') as area_code,
    looked_after.start_date as care_start_date,
    episodes.legal_status_code,
    placements.placement_type_code,
    episodes.provider_code as placement_provider_code
from person_months
left join people
    on person_months.person_id = people.person_id
left join families
    on person_months.person_id = families.person_id
left join allocations
    on
        person_months.person_id = allocations.owner_id
        and person_months.month_end >= allocations.valid_from
        and person_months.month_end < allocations.valid_to
left join looked_after
    on
        person_months.person_id = looked_after.person_id
        and person_months.month_end = looked_after.month_end
left join placements
    on
        person_months.person_id = placements.person_id
        and person_months.month_end = placements.month_end
left join episodes
    on
        person_months.person_id = episodes.person_id
        and person_months.month_end = episodes.month_end
