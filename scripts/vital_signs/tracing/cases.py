"""The cases behind a cell: what each adds, its deciding date and its source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from vital_signs.sql import Row, rows
from vital_signs.tracing.caselist import check_month
from vital_signs.tracing.definition import Definition
from vital_signs.tracing.places import Place, find_places

COUNTY = "COUNTY"
OUTSIDE = "outside"
# How a figure is built from its cases. `additive`: the figure is the sum of what the cases add.
ADDITIVE = "additive"
PER_WORKER = "per worker"
LARGEST = "largest"
CASES = """
select *
from intermediate.int_figure_cases
where
    indicator_ref = ? and month_end = ? and period = 'month'
    and (is_numerator or status <> 'outside')
order by
    is_numerator desc,
    case status when 'not met' then 1 when 'met' then 2 else 3 end,
    area_code, team_id, worker_id, case_id, case_month_end
"""


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

    Those outside are in the population that the measure considers but add nothing; those that a
    ratio of two counts divides by come last. Raises UserError for an indicator without data in that
    month.
    """
    check_month(connection, definition.reference, month)
    listed = rows(connection, CASES, [definition.reference, month])
    found = [_case(row) for row in listed if area in (COUNTY, row["area_code"])]
    if kind_of(definition) == PER_WORKER:
        found = _shared_between_workers(found)
    places = find_places(connection, ((case.source_table, case.source_key) for case in found))
    return [replace(case, place=places.get((case.source_table, case.source_key))) for case in found]


def _case(row: Row) -> Case:
    is_own = row["is_numerator"]
    return Case(
        status=row["status"] if is_own else "divided by",
        area=row["area_code"],
        case_id=row["case_id"],
        person_id=row["person_id"],
        worker_id=row["worker_id"],
        month_end=row["case_month_end"],
        case_date=row["case_date"] if is_own else None,
        decided_on=row["decided_on"],
        decided_by=row["decided_by"],
        measure=row["measure"],
        numerator=row["numerator"] if is_own else None,
        denominator=row["denominator"] or None,
        source_table=row["source_table"],
        source_key=row["source_row_key"],
    )


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
