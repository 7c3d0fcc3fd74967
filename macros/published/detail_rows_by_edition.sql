{# The rows of a detail table once for each edition, with whether the edition hides the row, and
   whether it hides the total that the table's percentages are based on. A row is shown if every
   count in it is declared and none of them is hidden. #}
{% macro detail_rows_by_edition(
    detail_table, counts, row_column, editions, shown_details, area_column="'COUNTY'", counts_in_row=1
) -%}
    select
        counts.*,
        editions.edition,
        coalesce(editions.hides_small_counts, true)
        and coalesce(shown_rows.declared_counts, 0) < {{ counts_in_row }} as is_hidden,
        coalesce(editions.hides_small_counts, true) and shown_bases.row_code is null as hides_shares
    from {{ counts }} as counts
    cross join {{ editions }} as editions
    {% for alias, row_code in
        [('shown_rows', 'counts.' ~ row_column), ('shown_bases', "'SHARES'")] -%}
    left join {{ shown_details }} as {{ alias }}
        on
            {{ alias }}.detail_table = '{{ detail_table }}'
            and {{ alias }}.row_code = {{ row_code }}
            and {{ alias }}.financial_year = {{ financial_year('counts.month_end') }}
            and {{ alias }}.area_level
            = case when {{ area_column }} = 'COUNTY' then 'county' else 'localities' end
    {% endfor %}
{%- endmacro %}
