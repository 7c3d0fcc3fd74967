with

decisions as (select * from {{ ref('int_quality_permanence_rows') }}),

people as (select * from {{ ref('dim_person') }}),

periods as (select * from {{ ref('fct_lac_periods') }}),

in_order as (

    select
        decisions.*,
        people.birth_date,
        -- ADO-09: when the decisions before this one ended. A reversal without a date, which
        -- is ADO-04, ended its decision at an unknown date.
        max(coalesce(
            decisions.shobpa_reversed_date,
            decisions.adoption_order_date,
            case when decisions.is_row_of_adoption then decisions.adopted_date end,
            case when decisions.is_reversed then decisions.shobpa_date end,
            date '9999-12-31'
        )) over (
            partition by decisions.person_id
            order by decisions.shobpa_date, decisions.permanence_decision_id
            rows between unbounded preceding and 1 preceding
        ) as earlier_open_until
    from decisions
    left join people
        on decisions.person_id = people.person_id
    where decisions.shobpa_date is not null

),

-- ADO-02: a decision from an earlier period of care is valid for that period
compared_with_care as (

    select
        in_order.permanence_decision_id,
        bool_or(
            in_order.shobpa_date >= periods.start_date
            and in_order.shobpa_date <= coalesce(periods.end_date, date '9999-12-31')
        ) as is_in_care,
        max(periods.start_date) as last_start_date
    from in_order
    inner join periods
        on in_order.person_id = periods.person_id
    group by in_order.permanence_decision_id

),

dated as (

    select
        in_order.*,
        in_order.shobpa_date < in_order.birth_date as is_before_birth,
        not compared_with_care.is_in_care
        and in_order.shobpa_date < compared_with_care.last_start_date as is_before_care
    from in_order
    left join compared_with_care
        on in_order.permanence_decision_id = compared_with_care.permanence_decision_id

),

standing as (

    select distinct person_id
    from decisions
    where person_id is not null and shobpa_date is not null and not is_reversed

),

checked as (

    select
        decisions.*,
        dated.earlier_open_until,
        dated.is_before_birth,
        dated.is_before_care,
        decisions.is_reversed
        and (decisions.adopted_date is not null or decisions.adoption_order_date is not null)
        -- another standing decision for the child may have led to the adoption
        and standing.person_id is null as is_reversed_yet_adopted
    from decisions
    left join dated
        on decisions.permanence_decision_id = dated.permanence_decision_id
    left join standing
        on decisions.person_id = standing.person_id

),

failed as (

    select
        source_row,
        matched_date < shobpa_date as ado_01__perm_matched_date,
        placed_date < matched_date as ado_01__perm_placed_for_adoption_date,
        is_reversed_yet_adopted and shobpa_reversed_date is not null
            as ado_04__perm_decision_reversed_date,
        (is_reversed_yet_adopted and shobpa_reversed_date is null)
        or (shobpa_reversed_date is not null and reversed_reason_code is null)
            as ado_04__perm_decision_reversed_reason,
        matched_date = coalesce(
            adoption_order_date, case when is_row_of_adoption then adopted_date end
        ) as ado_08__perm_matched_date,
        coalesce(is_before_birth, false) or coalesce(is_before_care, false)
            as ado_02__perm_adm_decision_date,
        person_id is not null and earlier_open_until > shobpa_date
            as ado_09__perm_adm_decision_date
    from checked

)

{{ failures_in('failed', 'ssd_permanence') }}
