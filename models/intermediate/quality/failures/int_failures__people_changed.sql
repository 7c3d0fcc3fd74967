{# PER-14: what an earlier extract said of the same person. The one before counts, of any source. #}
{% set compared = {
    'pers_dob': landed_date('pers_dob'),
    'pers_sex': landed_code('pers_sex'),
    'pers_ethnicity': landed_code('pers_ethnicity'),
} %}
with

extracts as (select * from {{ ref('stg_landing__extracts') }}),

extract_in_force as (select * from {{ ref('stg_landing__extract_in_force') }}),

extract_before as (

    select extracts.*
    from extracts
    inner join extract_in_force
        on extracts.as_at < extract_in_force.as_at
    qualify
        row_number() over (
            order by extracts.as_at desc, extracts.loaded_at desc, extracts.extract_id desc
        ) = 1

),

landed_before as (

    {{ rows_in_force(source('ssd', 'ssd_person'), 'extract_before') }}

),

landed_now as (

    {{ rows_in_force(source('ssd', 'ssd_person'), 'extract_in_force') }}

),

people_before as (

    select
        {{ landed_id('pers_person_id') }} as person_id,
        {% for column, value in compared.items() %}
            min({{ value }}) as {{ column }},
        {% endfor %}
        count(*) as row_count
    from landed_before
    group by {{ landed_id('pers_person_id') }}

),

people_now as (

    select
        {{ landed_id('landed_now.pers_person_id') }} as person_id,
        {% for column, value in compared.items() %}
            {{ value }} as {{ column }},
        {% endfor %}
        kept.source_row
    from landed_now
    inner join {{ ref('stg_ssd__people') }} as kept
        on landed_now._source_row = kept.source_row

),

checked as (

    select
        people_now.source_row,
    {% for column in compared %}
        people_before.{{ column }} <> people_now.{{ column }} as is_{{ column }}_changed
        {{- "," if not loop.last }}
    {% endfor %}
    from people_now
    inner join people_before
        on
            people_now.person_id = people_before.person_id
            and people_before.row_count = 1

)

{{ failed_rules('checked', 'ssd_person', [
    ('PER-14', 'pers_dob', "is_pers_dob_changed"),
    ('PER-14', 'pers_sex', "is_pers_sex_changed"),
    ('PER-14', 'pers_ethnicity', "is_pers_ethnicity_changed"),
]) }}
