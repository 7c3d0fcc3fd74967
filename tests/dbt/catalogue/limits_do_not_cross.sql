-- Section 15: green is tested first, so limits that cross leave no amber, and a red that begins
-- elsewhere than stored. Only limits printed that way are kept so, and their note says so.
with

tolerances as (select * from {{ ref('indicator_tolerances') }}),

indicators as (select * from {{ ref('indicators') }})

select
    tolerances.indicator_ref,
    tolerances.valid_from,
    tolerances.red_limit,
    tolerances.green_limit,
    'the red limit is beyond the green one: correct the row of indicator_tolerances' as problem
from tolerances
inner join indicators
    on tolerances.indicator_ref = indicators.indicator_ref
where
    coalesce(tolerances.note, '') not like 'limits cross as printed%'
    and case indicators.polarity
        when 'high' then tolerances.red_limit > tolerances.green_limit
        when 'low' then tolerances.red_limit < tolerances.green_limit
    end
