{% set events = {'approved': 'approved_date', 'ceased': 'ceased_date'} %}
{% set types = {
    'task_centred': 'TASK', 'kinship': 'KIN', 'short_breaks': 'SHORT_OTHER'
} %}

with

households as (

    select * from {{ ref('fct_carer_households') }}

),

events as (

    {% for event, event_date in events.items() %}
        select
            carer_approval_id,
            carer_type_code,
            '{{ event }}' as event,
            {{ event_date }} as event_date
        from households
        where {{ event_date }} is not null
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    carer_approval_id || '|' || event as case_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as team_id,
    cast(null as varchar) as worker_id,
    'ssdx_foster_carer_households' as source_table,
    carer_approval_id as source_row_key,
    event_date as attribution_date,
    {{ month_end_of('event_date') }} as month_end,

    -- 12.7 to 12.9 and 12.23 to 12.25 by type; the totals 12.10 and 12.26 count every event
    {% for event in events %}
        {%- set outer_last = loop.last -%}
        {% for type_name, type_code in types.items() %}
            case when event = '{{ event }}' then cast(carer_type_code = '{{ type_code }}' as double)
            end as measure_household_{{ event }}_{{ type_name }}
            {{- "" if outer_last and loop.last else "," }}
        {% endfor %}
    {% endfor %}
from events
