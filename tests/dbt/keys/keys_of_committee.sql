{{ keys_hold([
    ['int_committee_targets_ahead', 'vital_sign_code', 'month_end'],
    ['int_exception_rules_applied', 'indicator_ref', 'month_end', 'area_code'],
    ['int_vital_sign_flags_by_month', 'indicator_ref', 'month_end'],
    ['int_vital_signs_in_force', 'vital_sign_code', 'month_end'],
    ['int_weakest_localities', 'indicator_ref', 'month_end'],
]) }}
