{# The rows of a detail table once for each edition, with whether the edition hides the row, and
   whether it hides what the shares of the table are taken of. #}
{% macro detail_rows_by_edition(
    detail_table, counts, row_column, editions, hidden_details, area_column="'COUNTY'"
) -%}
    select
        counts.*,
        editions.edition,
        hidden_rows.row_code is not null as is_hidden,
        hidden_bases.row_code is not null as hides_shares
    from {{ counts }} as counts
    cross join {{ editions }} as editions
    {% for alias, row_code in
        [('hidden_rows', 'counts.' ~ row_column), ('hidden_bases', "'SHARES'")] -%}
    left join {{ hidden_details }} as {{ alias }}
        on
            editions.hides_small_counts
            and {{ alias }}.detail_table = '{{ detail_table }}'
            and {{ alias }}.row_code = {{ row_code }}
            and {{ alias }}.financial_year = {{ financial_year('counts.month_end') }}
            and {{ alias }}.area_level
            = case when {{ area_column }} = 'COUNTY' then 'county' else 'localities' end
    {% endfor %}
{%- endmacro %}
