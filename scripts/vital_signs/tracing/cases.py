"""The cases behind a cell: what each adds, its deciding date and its source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from vital_signs.sql import rows
from vital_signs.tracing.caselist import read_cases
from vital_signs.tracing.definition import Definition
from vital_signs.tracing.measures import read_measure
from vital_signs.tracing.places import Place, find_places

COUNTY = "COUNTY"
OUTSIDE = "outside"
# How a figure is built from its cases. `additive`: the figure is the sum of what the cases add.
ADDITIVE = "additive"
PER_WORKER = "per worker"
LARGEST = "largest"


@dataclass(frozen=True)
class Case:
    """One counted thing and what it adds.

    `status` is `met`, `not met` or `outside` by the measure; `numerator` and `denominator` are what
    it adds to them (None: nothing, because the part is not a count of cases).
    """

    status: str
    area: str
    case_id: str
    person_id: str | None
    worker_id: str | None
    month_end: date
    case_date: date | None
    decided_on: date | None
    decided_by: str
    measure: str
    numerator: float | None
    denominator: float | None
    source_table: str | None
    source_key: str | None
    place: Place | None = field(default=None)


def kind_of(definition: Definition) -> str:
    """Return how the cases make the figure: additive, per worker, or largest."""
    if definition.catalogue["numerator_stat"] == "maximum":
        return LARGEST
    if definition.catalogue["denominator_stat"] == "workers":
        return PER_WORKER
    return ADDITIVE


def cell_cases(
    connection: duckdb.DuckDBPyConnection, definition: Definition, month: date, area: str
) -> list[Case]:
    """Return the cases of one cell, with their places in the extract.

    Those outside are in the population that the measure considers but add nothing. The indicator
    must have data in that month: caselist raises UserError if it has not.
    """
    found = _judged(connection, definition, month)
    if definition.catalogue["denominator_stat"] == "measure":
        found += _divided_by(connection, definition, month)
    if area != COUNTY:
        found = [case for case in found if case.area == area]
    if kind_of(definition) == PER_WORKER:
        found = _shared_between_workers(found)
    places = find_places(connection, ((case.source_table, case.source_key) for case in found))
    return [replace(case, place=places.get((case.source_table, case.source_key))) for case in found]


def _judged(
    connection: duckdb.DuckDBPyConnection, definition: Definition, month: date
) -> list[Case]:
    names, listed = read_cases(connection, definition.reference, month, None, None, None)
    statistic = definition.catalogue["numerator_stat"]
    divided = definition.catalogue["denominator_stat"]
    found = []
    for values in listed:
        row = dict(zip(names, values, strict=True))
        is_counted = row["status"] != OUTSIDE
        numerator = None
        if is_counted:
            numerator = 1.0 if statistic == "count" else row["counted"]
        found.append(
            Case(
                status=row["status"],
                area=row["area_code"],
                case_id=row["case_id"],
                person_id=row["person_id"],
                worker_id=row["worker_id"],
                month_end=row["counts_in_month"],
                case_date=row["case_date"],
                decided_on=row["decided_on"],
                decided_by=row["decided_by"],
                measure=definition.catalogue["measure"],
                numerator=numerator,
                denominator=1.0 if is_counted and divided == "count" else None,
                source_table=row["source_table"],
                source_key=row["source_row_key"],
            )
        )
    return found


def _divided_by(
    connection: duckdb.DuckDBPyConnection, definition: Definition, month: date
) -> list[Case]:
    """Return the cases of the other count that a ratio of two counts divides by."""
    other = read_measure(connection, definition.catalogue["denominator_measure"])
    listed = rows(
        connection,
        """
        select cases.*
        from indicators.fct_measure_cases as cases
        inner join intermediate.int_reporting_windows as windows
            on windows.covered_month_end = cases.month_end
        where cases.measure = ? and windows.month_end = ? and windows.period_window = ?
        order by cases.month_end, cases.case_id
        """,
        [other.name, month, definition.catalogue["period_window"]],
    )
    return [
        Case(
            status="divided by",
            area=COUNTY if definition.is_county_only else row["area_code"],
            case_id=row["case_id"],
            person_id=row["person_id"],
            worker_id=row["worker_id"],
            month_end=row["month_end"],
            case_date=None,
            decided_on=row["decided_on"],
            decided_by=other.decided_by if row["decided_on"] else other.undecided_text,
            measure=other.name,
            numerator=None,
            denominator=1.0,
            source_table=row["source_table"],
            source_key=row["source_row_key"],
        )
        for row in listed
    ]


def _shared_between_workers(found: list[Case]) -> list[Case]:
    """Return the cases of an average per worker: a worker's cases share the one worker (0008)."""
    loads = Counter(case.worker_id for case in found if case.numerator is not None)
    return [
        replace(case, denominator=1.0 / loads[case.worker_id])
        if case.numerator is not None and case.worker_id
        else case
        for case in found
    ]


def recounted(definition: Definition, found: list[Case]) -> tuple[float | None, float | None]:
    """Return numerator and denominator as built from the cases; None if they are not.

    A rate divides by the population, which no case adds to; a largest caseload is that of one
    worker.
    """
    divided = definition.catalogue["denominator_stat"]
    added = [case.denominator for case in found if case.denominator is not None]
    denominator = sum(added) if divided in ("count", "measure", "workers") else None
    counted = [case for case in found if case.numerator is not None]
    if kind_of(definition) == LARGEST:
        loads = Counter(case.worker_id for case in counted if case.worker_id)
        return float(max(loads.values())) if loads else None, denominator
    return float(sum(case.numerator for case in counted)), denominator
