with

care_leavers as (select * from {{ ref('int_care_leaver_categories_at_month_end') }}),

spells as (select * from {{ ref('fct_care_leaver_spells') }}),

statuses as (select * from {{ ref('fct_care_leaver_statuses') }}),

activity_groups as (select * from {{ ref('code_groups') }} where domain = 'care_leaver_activity'),

with_pathway_plan as (select * from {{ ref('int_care_leavers_with_pathway_plan') }}),

-- 8.3: the latest status known by the end of the month
latest_statuses as (

    select
        care_leavers.person_id,
        care_leavers.month_end,
        statuses.as_at_date,
        statuses.is_accommodation_suitable,
        statuses.activity_code
    from care_leavers
    inner join statuses
        on
            care_leavers.person_id = statuses.person_id
            and care_leavers.month_end >= statuses.as_at_date
    qualify
        row_number() over (
            partition by care_leavers.person_id, care_leavers.month_end
            order by statuses.as_at_date desc, statuses.care_leaver_record_id desc
        ) = 1

)

select
    care_leavers.person_id as case_id,
    care_leavers.person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_care_leavers' as source_table,
    care_leavers.care_leaver_record_id as source_row_key,
    care_leavers.month_end as attribution_date,
    care_leavers.month_end,
    spells.start_date as decided_on,
    with_pathway_plan.last_activity_date as decided_on_care_leaver_pathway_plan_current,
    latest_statuses.as_at_date as decided_on_care_leaver_in_suitable_accommodation,
    latest_statuses.as_at_date as decided_on_care_leaver_in_eet,

    -- 8.1
    cast(1 as double) as measure_care_leaver,

    -- 8.2
    cast(with_pathway_plan.person_id is not null as double)
        as measure_care_leaver_pathway_plan_current,

    -- 8.3 and 8.4: no status (MD3) counts in neither
    cast(coalesce(latest_statuses.is_accommodation_suitable, false) as double)
        as measure_care_leaver_in_suitable_accommodation,
    cast(coalesce(activity_groups.code_group = 'EET', false) as double)
        as measure_care_leaver_in_eet

from care_leavers
left join spells
    on care_leavers.care_leaver_record_id = spells.care_leaver_record_id
left join latest_statuses
    on
        care_leavers.person_id = latest_statuses.person_id
        and care_leavers.month_end = latest_statuses.month_end
left join activity_groups
    on
        latest_statuses.activity_code = activity_groups.code
        and {{ holds_on('activity_groups', 'care_leavers.month_end') }}
left join with_pathway_plan
    on
        care_leavers.person_id = with_pathway_plan.person_id
        and care_leavers.month_end = with_pathway_plan.month_end
