"""Checks of an extract while it is landed, run by Great Expectations.

`suite` derives the checks of each table from the contract, `profile` sums up what landed (distinct
values and how many rows have them, read with staging's own macros), `worker` is the process in
which Great Expectations judges them, `running` ties the three to a landing. A failed check never
refuses an extract: it is stored in `raw.landing_checks`.
"""
