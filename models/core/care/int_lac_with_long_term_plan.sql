with

plans as (

    select * from {{ ref('fct_care_plans') }}
    -- 7.15: long-term fostering until 18, with relatives or others
    where permanence_code in ('LTRELFR', 'LTFOST18')

),

months as (select * from {{ ref('int_reporting_months') }})

select distinct
    plans.person_id,
    months.month_end
from plans
inner join months
    on {{ is_open_at('plans.start_date', 'plans.end_date', 'months.month_end') }}
where plans.person_id is not null
