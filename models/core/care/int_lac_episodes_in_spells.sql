with

episodes as (

    select
        *,
        coalesce(placement_type_code in ('T0', 'T1', 'T2', 'T3', 'T4'), false) as is_temporary
    from {{ ref('int_lac_episode_placements') }}

),

-- the spell that an episode may continue is that of the last one that was not temporary
compared as (

    select
        *,
        lag(is_temporary) over period_order as follows_temporary,
        lag(episode_id) over same_kind_order as last_episode_id,
        lag(placement_id) over same_kind_order as last_placement_id,
        lag(carer_id) over same_kind_order as last_carer_id,
        lag(placement_type_code) over same_kind_order as last_placement_type_code
    from episodes
    window
        period_order as (partition by lac_period_id order by start_date, episode_id),
        same_kind_order as (
            partition by lac_period_id, is_temporary order by start_date, episode_id
        )

),

judged as (

    select
        *,
        case
            -- G41: a temporary stay belongs to the spell before it
            when is_temporary then false
            when last_episode_id is null then true
            -- section 9: placed for adoption with the carer the child lives with
            when placement_type_code in ('A3', 'A5') then false
            -- G41: back from a temporary stay, by placement, carer or type
            when follows_temporary
                then
                    not coalesce(placement_id = last_placement_id, false)
                    and case
                        when carer_id is not null and last_carer_id is not null
                            then carer_id <> last_carer_id
                        else not coalesce(placement_type_code = last_placement_type_code, false)
                    end
            -- section 9: the legal status or the type changed, the carer did not
            else coalesce(start_reason_code not in ('L', 'T', 'U'), true)
        end as starts_spell
    from compared

)

select
    episode_id,
    person_id,
    lac_period_id,
    placement_id,
    carer_id,
    placement_type_code,
    is_temporary,
    sum(cast(starts_spell as integer)) over (
        partition by lac_period_id
        order by start_date, episode_id
        rows between unbounded preceding and current row
    ) as spell_number,
    start_date,
    end_date
from judged
