{{ keys_hold([
    ['disclosure_counts', 'count_name', 'month_end', 'area_code'],
    ['disclosure_details', 'detail_table', 'row_code', 'area_level', 'financial_year'],
    ['disclosure_editions', 'edition', 'indicator_ref', 'month_end', 'area_code'],
    ['disclosure_hidden_counts', 'count_name', 'area_level', 'period'],
    ['disclosure_indicator_parts', 'indicator_ref', 'part'],
    ['disclosure_links',
      'from_count', 'from_level', 'from_period', 'to_count', 'to_level', 'to_period'],
    ['disclosure_shown_counts', 'count_name', 'month_end', 'area_code'],
    ['disclosure_small_counts', 'count_name', 'month_end', 'area_code'],
    ['disclosure_weak_sums', 'sum_name', 'area_level', 'financial_year'],
]) }}
