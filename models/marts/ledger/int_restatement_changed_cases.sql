with

sides as (select * from {{ ref('int_restatement_sides') }}),

compared as (

    select
        month_end,
        indicator_ref,
        period,
        area_code,
        case_id,
        bool_or(not is_now) as is_frozen,
        bool_or(is_now) as is_now,
        {% for column in [
            'person_id', 'team_id', 'worker_id', 'source_table', 'source_row_key'
        ] %}
            max(case when not is_now then {{ column }} end) as {{ column }}_frozen,
            max(case when is_now then {{ column }} end) as {{ column }}_now,
        {% endfor %}
        sum(case when not is_now then numerator else 0 end) as numerator_frozen,
        sum(case when is_now then numerator else 0 end) as numerator_now,
        sum(case when not is_now then denominator else 0 end) as denominator_frozen,
        sum(case when is_now then denominator else 0 end) as denominator_now,
        sum(case when not is_now then caseload else 0 end) as caseload_frozen,
        sum(case when is_now then caseload else 0 end) as caseload_now
    from sides
    group by month_end, indicator_ref, period, area_code, case_id

)

select *
from compared
where
    is_frozen <> is_now
    or numerator_frozen <> numerator_now
    or denominator_frozen <> denominator_now
    or caseload_frozen <> caseload_now
    -- averages and largest caseloads count workers, who may take a case over from one another
    or coalesce(worker_id_frozen, '') <> coalesce(worker_id_now, '')
