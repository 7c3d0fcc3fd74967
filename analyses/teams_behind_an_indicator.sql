{# Which teams drive a percentage? For each team in the month: its cases, those in the numerator,
   its own percentage, and by how many points the county would be higher or lower without it. Written for
   6.14, but works for any percentage.
   dbt show --select teams_behind_an_indicator --vars '{analysis_ref: "6.14", analysis_month: 2018-03-31}' #}
{% set wanted_ref = var('analysis_ref', '6.14') %}
{% set wanted_month = var('analysis_month', '') %}

with

last_reported as (

    select max(month_end) as month_end from {{ ref('fct_indicator_values') }}

),

cases as (

    select cases.*
    from {{ ref('fct_indicator_cases') }} as cases
    inner join last_reported
        on
            {% if wanted_month %}
                cases.month_end = cast('{{ wanted_month }}' as date)
            {% else %}
                cases.month_end = last_reported.month_end
            {% endif %}
    where cases.indicator_ref = '{{ wanted_ref }}'

),

teams as (

    select * from {{ ref('dim_team') }}

),

by_team as (

    select
        team_id,
        area_code,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from cases
    group by team_id, area_code

),

with_county as (

    select
        *,
        sum(numerator) over () as county_numerator,
        sum(denominator) over () as county_denominator
    from by_team

)

select
    with_county.team_id,
    teams.team_name,
    teams.team_type_code,
    with_county.area_code,
    with_county.numerator,
    with_county.denominator,
    with_county.denominator - with_county.numerator as not_in_numerator,
    100 * with_county.numerator / nullif(with_county.denominator, 0) as team_percentage,
    100 * with_county.county_numerator / nullif(with_county.county_denominator, 0)
    - 100 * (with_county.county_numerator - with_county.numerator)
    / nullif(with_county.county_denominator - with_county.denominator, 0) as points_added_to_county
from with_county
left join teams
    on with_county.team_id = teams.team_id
order by not_in_numerator desc, with_county.denominator desc
