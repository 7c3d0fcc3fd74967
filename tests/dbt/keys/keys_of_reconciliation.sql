{{ keys_hold([
    ['printed_comparison', 'indicator_ref', 'month_end', 'measure', 'area_code'],
    ['printed_contacts_comparison', 'month_end', 'source_group', 'quantity'],
    ['printed_residential_comparison', 'month_end', 'placement_type_code', 'age'],
    ['printed_signs_comparison', 'indicator_ref', 'month_end', 'area_code', 'sign_type'],
    ['reconciliation_summary', 'comparison', 'section_code', 'area_type', 'certainty'],
]) }}
