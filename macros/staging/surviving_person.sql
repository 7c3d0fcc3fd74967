{# The events of a relation with an extra column, surviving_person_id: person_id followed through
   merged records (entities: all ids). `people_merged` is the model stg_ssd__people_merged. #}
{% macro with_surviving_person(events, people_merged) -%}
    select
        events.*,
        coalesce(people_merged.surviving_person_id, events.person_id) as surviving_person_id
    from {{ events }} as events
    left join {{ people_merged }} as people_merged
        on events.person_id = people_merged.person_id
{%- endmacro %}
