with

conferences as (select * from {{ ref('fct_review_conferences') }}),

parameters as (select * from {{ ref('int_parameters_by_month') }})

select
    conferences.conference_id as case_id,
    conferences.person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssd_cp_reviews' as source_table,
    conferences.conference_id as source_row_key,
    conferences.held_date as attribution_date,
    parameters.month_end,
    coalesce(conferences.previous_held_date, conferences.plan_start_date) as decided_on,

    -- 6.12: the first within three months of the plan's start, later ones within six of the last
    cast(conferences.held_date <= case
        when conferences.previous_held_date is null
            then {{ add_months(
                'conferences.plan_start_date', 'cast(parameters.rcpc_first_months as integer)'
            ) }}
        else {{ add_months(
            'conferences.previous_held_date', 'cast(parameters.rcpc_next_months as integer)'
        ) }}
    end as double) as measure_rcpc_in_time

from conferences
inner join parameters
    on {{ month_end_of('conferences.held_date') }} = parameters.month_end
