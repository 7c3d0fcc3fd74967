"""Refs that somebody adds to the catalogue without declaring them to the protection."""

from __future__ import annotations

import duckdb

from tests.disclosure.attack import LOCALITIES
from tests.disclosure.counties import MONTHS, County

NEW_MEASURE = "newly_counted"
# ref, measure, numerator_stat, denominator_stat, denominator_measure, window, unit, lowest area
PLANTED = [
    ("N.1", NEW_MEASURE, "count", "none", None, "month", "count", "locality"),
    ("N.2", NEW_MEASURE, "sum", "count", None, "month", "percent", "locality"),
    ("N.3", NEW_MEASURE, "sum", "none", None, "month", "count", "locality"),
    ("N.4", NEW_MEASURE, "maximum", "none", None, "month", "children", "locality"),
    ("N.5", NEW_MEASURE, "count", "workers", None, "month", "children", "locality"),
    # a measure that is declared, divided by one that is not
    ("N.6", "referral_repeated", "count", "measure", NEW_MEASURE, "month", "percent", "locality"),
]
REFS = [ref for ref, *_ in PLANTED]


def add_to_catalogue(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the refs to the seed that a warehouse has been made with."""
    columns = (
        "indicator_ref, indicator_name, section_code, measure, numerator_stat, denominator_stat,"
        " denominator_measure, multiplier, period_window, ytd_rule, polarity, unit, decimal_places,"
        " lowest_area, history_months, is_in_report, display_order, status, ytd_is_shown"
    )
    for number, (ref, measure, top, bottom, other, window, unit, area) in enumerate(PLANTED):
        connection.execute(
            f"insert into reference.indicators ({columns}) values ({', '.join('?' * 19)})",
            [
                *(ref, f"New {ref}", "5", measure, top, bottom, other),
                *(100 if unit == "percent" else 1, window),
                *("ratio" if unit == "percent" else "none" if unit == "children" else "sum",),
                *("info", unit, 1 if unit == "percent" else 0, area, 0, True, 500 + number),
                *("live", True),
            ],
        )


def plant(county: County, connection: duckdb.DuckDBPyConnection) -> None:
    """Add the refs, and for their measure one to four cases of every locality and month."""
    add_to_catalogue(connection)
    for month in MONTHS:
        for number, area in enumerate(LOCALITIES):
            cases = 1 + number % 4
            county.put(NEW_MEASURE, month, area, cases, min(cases, 2), workers=1, largest=cases)
