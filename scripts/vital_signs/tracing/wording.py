"""The explanation of a cell in plain words, line by line."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from datetime import date

from vital_signs.sql import Row
from vital_signs.tracing.cases import COUNTY, LARGEST, OUTSIDE, PER_WORKER, Case, kind_of, recounted
from vital_signs.tracing.cell import Cell

WIDTH = 96
INDENT = "  "
RESTRICTED = "Restricted: data about children. Only for people permitted to see it."
WINDOWS = {
    "month": "the month alone",
    "rolling_3": "the three months to this one",
    "rolling_12": "the twelve months to this one",
}
POLARITY = {"high": "high is good", "low": "low is good", "info": "neither high nor low is good"}
AVAILABILITY = {
    "available": "the figure could be calculated",
    "not_available": "no figure: a table or column that it needs is missing from the extract",
    "insufficient_history": "no figure: the extract does not go back far enough",
    "no_denominator": "no figure: there are no cases, or no population, to base it on",
}
TREATMENTS = {
    "quarantined": "the row is not counted in any indicator",
    "dropped": "a duplicate row, counted once",
    "field_left_out": "the row is counted, the value is not",
}
WHAT_COUNTS = {
    "count": "every case of the measure counts as one",
    "sum": "the sum of the measure over the cases: 1 if it is met, 0 if not",
    "maximum": "the cases of the worker with the most",
}
WHAT_DIVIDES = {
    "none": "none, as the figure is a count",
    "count": "every case that the measure judges",
    "measure": "the cases of another measure, {measure}",
    "workers": "the workers who hold the cases",
    "population": "the people under 18 living in the county",
}


def describe(cell: Cell, with_cases: bool) -> Iterator[str]:
    """Yield the lines of the explanation, with the list of cases if requested."""
    yield from _heading(cell)
    yield from _definition(cell)
    yield from _counted(cell)
    yield from _limits(cell)
    yield from _availability(cell)
    yield from _left_out(cell)
    yield from _quality(cell)
    if with_cases:
        yield from list_cases(cell.cases)
    elif cell.cases:
        yield ""
        yield "To list the cases, with dates and rows of the extract, add --cases (restricted)."


def amount(value: float | None) -> str:
    """Return a number without needless decimals; a dash if there is none."""
    if value is None:
        return "-"
    if abs(value - round(value)) < 1e-9:
        return f"{round(value):,}"
    return f"{value:,.4f}".rstrip("0")


def _wrapped(text: str, indent: str = INDENT) -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + INDENT
    ) or [indent]


def _section(title: str) -> Iterator[str]:
    yield ""
    yield title


def _heading(cell: Cell) -> Iterator[str]:
    number, catalogue = cell.number, cell.definition.catalogue
    name = catalogue["indicator_name"]
    yield f"{cell.definition.reference} {name}"
    yield f"{cell.month:%B %Y}, {cell.area['area_name']}"
    yield from _section("The figure")
    yield f"  value          {number['value_text'] or '-'}"
    yield f"  numerator      {amount(number['numerator'])}"
    yield f"  denominator    {amount(number['denominator'])}"
    if catalogue["multiplier"] != 1:
        yield f"  times          {amount(catalogue['multiplier'])}"
    if number["ytd_value"] is not None:
        parts = f"{amount(number['ytd_numerator'])} and {amount(number['ytd_denominator'])}"
        yield f"  year to date   {number['ytd_text']} (numerator and denominator: {parts})"


def _definition(cell: Cell) -> Iterator[str]:
    words, catalogue = cell.definition.words, cell.definition.catalogue
    yield from _section("Definition")
    for text in (words.get("definition"), words.get("formula"), words.get("footnote")):
        if text:
            yield from _wrapped(text)
    yield from _wrapped(f"{POLARITY[catalogue['polarity']]}; unit: {catalogue['unit']}")
    if words.get("series_break_month"):
        month, reason = words["series_break_month"], words["series_break_reason"]
        yield from _wrapped(f"series break: {month:%B %Y}, {reason}")
    yield from _wrapped(
        f"version {cell.definition.version} of the definition: a hash of its lines in the seeds"
        " (catalogue, texts, limits, parameters), so any change gives a new version"
    )
    extract = cell.extract
    if extract:
        yield from _wrapped(
            f"calculated from extract {extract['extract_id']} of {extract['source_system']}, as at"
            f" {extract['as_at']:%d %B %Y %H:%M}, landed {extract['landed_at']:%d %B %Y %H:%M}"
        )


def _counted(cell: Cell) -> Iterator[str]:
    catalogue = cell.definition.catalogue
    yield from _section("What is counted")
    for measure in cell.definition.measures:
        yield from _wrapped(
            f"rule: column measure_{measure.name}"
            f" of intermediate.{measure.population or '(not built)'}"
        )
        yield from _wrapped(f"deciding date for each case: {measure.decided_by}")
    yield from _wrapped(f"months: {WINDOWS[catalogue['period_window']]}")
    yield from _wrapped(f"numerator: {WHAT_COUNTS[catalogue['numerator_stat']]}")
    divided = WHAT_DIVIDES[catalogue["denominator_stat"]].format(
        measure=catalogue["denominator_measure"]
    )
    if catalogue["denominator_stat"] == "population" and cell.people_of_county is not None:
        divided += f": {amount(cell.people_of_county)}"
    yield from _wrapped(f"denominator: {divided}")
    if cell.parameters:
        yield "  parameters in force:"
        for row in cell.parameters:
            since = "always" if row["valid_from"].year == 1900 else f"from {row['valid_from']}"
            yield f"    {row['parameter_name']} = {amount(row['parameter_value'])} ({since})"
    if cell.number["availability"] == "available":
        yield from _recount(cell)


def _recount(cell: Cell) -> Iterator[str]:
    numerator, denominator = recounted(cell.definition, cell.cases)
    judged = [case for case in cell.cases if case.numerator is not None]
    found = f"{len(judged):,} cases were found"
    if numerator is not None and numerator != len(judged):
        found += f", adding {amount(numerator)} to the numerator"
    if denominator is not None:
        found += f" and {amount(denominator)} to the denominator"
    yield from _wrapped(found)
    if kind_of(cell.definition) == LARGEST:
        yield from _wrapped("the largest caseload is that of one worker; the cases do not add up")
    if kind_of(cell.definition) == PER_WORKER and cell.area["area_code"] != COUNTY:
        yield from _wrapped(
            "a worker's cases share one worker in the denominator; a worker with cases in two"
            " localities counts in both"
        )
    outside = sum(case.status == OUTSIDE for case in cell.cases)
    if outside:
        yield from _wrapped(
            f"{outside:,} more are in the population but were not judged by this measure"
        )


def _limits(cell: Cell) -> Iterator[str]:
    yield from _section("Target and RAG")
    limits = cell.limits
    if not limits:
        yield "  no target or limits are set"
        return
    since = "" if limits["valid_from"].year == 1900 else f", from {limits['valid_from']}"
    yield from _wrapped(
        f"target {limits['target_text'] or '-'}; green at {amount(limits['green_limit'])}, red"
        f" beyond {amount(limits['red_limit'])}, amber between{since}"
    )
    if limits["note"]:
        yield from _wrapped(limits["note"])
    colour = cell.number["rag_status"]
    yield f"  RAG: {colour or 'none'}; against last month: {_travel(cell)}"


def _travel(cell: Cell) -> str:
    travel = cell.number["direction_of_travel"] or cell.number["raw_direction"]
    return travel or "no comparison"


def _availability(cell: Cell) -> Iterator[str]:
    state = cell.number["availability"]
    yield from _section("Data needed")
    yield f"  {AVAILABILITY[state]} ({state})"
    if cell.number["availability_reason"]:
        yield from _wrapped(cell.number["availability_reason"])
    if cell.history_needed_from:
        yield from _wrapped(f"records are needed from {_day(cell.history_needed_from)}")
    for row in cell.tables:
        yield from _wrapped(f"{row['table_name']}: {_table_state(row, cell.history_needed_from)}")


def _table_state(row: Row, needed_from: date | None) -> str:
    if not row["has_rows"]:
        return "not in the extract, or empty"
    parts = [f"{row['source_file']}, {amount(row['rows_landed'])} rows"]
    if row["rows_quarantined"]:
        parts.append(f"{amount(row['rows_quarantined'])} quarantined")
    if row["rows_duplicate"]:
        noun = "duplicate" if row["rows_duplicate"] == 1 else "duplicates"
        parts.append(f"{amount(row['rows_duplicate'])} {noun} dropped")
    if row["missing_columns"]:
        parts.append(f"missing columns: {row['missing_columns']}")
    if row["history_from"]:
        short = " (too short)" if needed_from and row["history_from"] > needed_from else ""
        parts.append(f"complete from {_day(row['history_from'])}{short}")
    return ", ".join(parts)


def _left_out(cell: Cell) -> Iterator[str]:
    yield from _section("Left out of the tables above (all months)")
    if not cell.set_aside:
        yield "  nothing"
    for row in cell.set_aside:
        yield from _wrapped(
            f"{row['table_name']}: {amount(row['row_count'])} by {row['rule_id']}"
            f" ({row['message']}); {TREATMENTS[row['treatment']]}"
        )


def _quality(cell: Cell) -> Iterator[str]:
    yield from _section("Data quality rules that fail among the cases counted")
    if not cell.doubts:
        yield "  none"
    for row in cell.doubts:
        yield from _wrapped(
            f"{row['rule_id']} ({row['severity']}): {amount(row['case_count'])}"
            f" {'case' if row['case_count'] == 1 else 'cases'}, {row['message']}"
        )


def list_cases(cases: list[Case]) -> Iterator[str]:
    """Yield the restricted list: one line per case, those that missed the standard first."""
    yield from _section("The cases")
    yield RESTRICTED
    order = {"not met": 0, "met": 1, "divided by": 2, OUTSIDE: 3}
    for status, count in sorted(
        Counter(case.status for case in cases).items(), key=lambda item: order[item[0]]
    ):
        yield f"  {status}: {count:,}"
    for case in sorted(cases, key=lambda case: (order[case.status], case.case_id, case.month_end)):
        yield f"  {case_line(case)}"


def case_line(case: Case) -> str:
    """Return one line about a case: who, when, why, and the row of the extract."""
    parts = [f"{case.status:<10} case {case.case_id}"]
    if case.person_id and case.person_id != case.case_id:
        parts.append(f"person {case.person_id}")
    parts.append(case.area)
    parts.append(f"{case.decided_on} ({case.decided_by})" if case.decided_on else case.decided_by)
    if case.numerator is not None:
        parts.append(f"adds {amount(case.numerator)}")
    place = case.place
    parts.append(
        f"{place.table}, {place.file}, row {place.row}, id {case.source_key}"
        if place
        else f"{case.source_table or 'no table'}, id {case.source_key or '-'}"
    )
    return "; ".join(parts)


def _day(day: date) -> str:
    return f"{day:%d %B %Y}".lstrip("0")
