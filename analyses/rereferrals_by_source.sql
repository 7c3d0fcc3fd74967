{# Who refers children a second time? Referrals of the last year by who made contact, and how many
   followed another referral of the child within twelve months, as in 2.7.
   dbt show --select rereferrals_by_source --limit 100 #}
with

last_reported as (

    select max(month_end) as month_end from {{ ref('fct_indicator_values') }}

),

cases as (

    select * from {{ ref('fct_indicator_cases') }} where indicator_ref = '2.7'

)

select
    coalesce(labels.label, contacts.source_code, 'not recorded') as contact_source,
    count(*) as referrals,
    sum(cases.numerator) as rereferrals,
    100 * sum(cases.numerator) / count(*) as percentage
from cases
inner join last_reported
    on
        cases.month_end > {{ month_end_of(add_months('last_reported.month_end', -12)) }}
        and cases.month_end <= last_reported.month_end
inner join {{ ref('fct_contacts') }} as contacts
    on cases.case_id = contacts.contact_id
left join {{ ref('code_labels') }} as labels
    on
        contacts.source_code = labels.code
        and labels.code_list = 'contact_source'
group by coalesce(labels.label, contacts.source_code, 'not recorded')
order by rereferrals desc
