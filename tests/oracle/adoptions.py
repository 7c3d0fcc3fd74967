"""Section 10: adoptions. Base: periods of care that ended with an adoption order."""

from __future__ import annotations

from tests.oracle.load import Extract, Record
from tests.oracle.looked_after import ADOPTED, periods
from tests.oracle.shared import Case, Month, am, area_of_end, by_person, case, remember


@remember
def rows_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(x.adoptions)


@remember
def adopted(x: Extract, m: Month) -> list[tuple[Record, Record | None, bool, str]]:
    """Adoptions of the month: period, its permanence row (G47), decision found, area."""
    found = []
    for period in periods(x):
        if not m.has(period.pe) or period.end_reason not in ADOPTED:
            continue
        rows = rows_by_person(x).get(period.person_id, [])
        decided = [
            row
            for row in rows
            if row.shobpa_date is not None
            and row.shobpa_reversed_date is None
            and row.shobpa_date <= period.pe
        ]
        placed = [row for row in rows if row.placed_date is not None]
        row = None
        if decided:
            row = max(decided, key=lambda r: (r.shobpa_date, r.table_id or ""))
        elif placed:
            row = max(placed, key=lambda r: (r.placed_date, r.table_id or ""))
        area = area_of_end(x, period.person_id, period.pe)
        found.append((period, row, bool(decided), area))
    return found


def within_12_months(x: Extract, m: Month) -> list[Case]:
    """10.1a, 10.1b"""
    return [
        case(
            period.period_id,
            period.person_id,
            area,
            decided and period.pe <= am(row.shobpa_date, 12),
        )
        for period, row, decided, area in adopted(x, m)
    ]


def days_to_placement(x: Extract, m: Month) -> list[Case]:
    """10.2 (A1)"""
    return [
        case(
            period.period_id,
            period.person_id,
            area,
            max(0, (row.placed_date - period.ps).days),
        )
        for period, row, _, area in adopted(x, m)
        if row is not None and row.placed_date is not None
    ]


def days_to_match(x: Extract, m: Month) -> list[Case]:
    """10.3 (A2)"""
    return [
        case(
            period.period_id,
            period.person_id,
            area,
            max(0, (row.matched_date - row.placement_order_date).days),
        )
        for period, row, _, area in adopted(x, m)
        if row is not None
        and row.placed_date is not None
        and row.matched_date is not None
        and row.placement_order_date is not None
    ]
