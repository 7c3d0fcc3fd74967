"""Checks of an extract while it is landed, run by Great Expectations.

`suite` derives the checks of each table from the contract, `profile` summarises what landed
(distinct values and how many rows have them, read with staging's own macros), `worker` is the
process in which Great Expectations judges them, and `running` connects the three to a landing. A
failed check never rejects an extract: it is stored in `raw.landing_checks`.
"""
