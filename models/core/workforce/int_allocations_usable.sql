with

involvements as (
    select * from {{ ref('stg_ssd__involvements') }} where unusable_for is null
),

-- in some systems the child is only known through the referral
with_person as (

    select
        involvements.involvement_id as allocation_id,
        coalesce(involvements.person_id, referrals.person_id) as person_id,
        involvements.worker_id,
        involvements.team_id,
        involvements.start_date,
        involvements.end_date
    from involvements
    left join {{ ref('stg_ssd__referrals') }} as referrals
        on involvements.referral_id = referrals.referral_id
    where
        involvements.is_allocated
        -- G63: of zero length
        and (involvements.end_date is null or involvements.end_date > involvements.start_date)

)

select
    allocation_id,
    person_id,
    worker_id,
    team_id,
    start_date,
    end_date
from with_person
where person_id is not null
