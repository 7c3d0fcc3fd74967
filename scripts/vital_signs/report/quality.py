"""How reliable the figures are: the extract, the printed report, the quality checks."""

from __future__ import annotations

from collections.abc import Sequence

from vital_signs.report.data import COUNTY, Row
from vital_signs.report.pages import WHY_NOT_RECORDED, Context, Pages, long_day, without_number
from vital_signs.report.tables import Cell, Head, Line, Table, number, short_month

SEVERITY_WORDS = {"block": "Blocking", "error": "Error", "warn": "Warning", "info": "Information"}


def quality_blocks(pages: Pages, area_code: str) -> list[Context]:
    """Return the blocks of the section: a title, sentences and tables each."""
    blocks = [_availability_block(pages, area_code)]
    if area_code == COUNTY and pages.data.reconciliation:
        blocks.append(_reconciliation_block(pages))
    doubts = [
        row
        for row in pages.data.quality.get("quality_by_indicator", [])
        if row["area_code"] == area_code and row["indicator_ref"] in pages.reported
    ]
    if doubts:
        blocks.append(_doubt_block(pages, doubts))
    failures = pages.data.quality.get("quality_summary", [])
    if area_code == COUNTY and failures:
        blocks.append(_rules_block(failures))
    return blocks


def _availability_block(pages: Pages, area_code: str) -> Context:
    extract = pages.data.extract
    texts = []
    if extract:
        texts.append(
            f"The figures were calculated from the case records in extract "
            f"{extract['extract_id']} ({extract['source_system']}), as at "
            f"{long_day(extract['as_at'])}. Anything entered later is not included."
        )
    groups: dict[str, list[str]] = {}
    hidden = 0
    unrecorded: list[str] = []
    for ref in pages.reported:
        row = pages.data.summary.get((ref, area_code))
        if row is None or row["value_m0"] is not None:
            continue
        if row["is_not_recorded_by_locality"]:
            unrecorded.append(ref)
        elif row["availability"] == "available":
            hidden += 1
        else:
            groups.setdefault(without_number(row), []).append(ref)
    texts += [f"{why} This applies to {', '.join(refs)}." for why, refs in sorted(groups.items())]
    if unrecorded:
        texts.append(f"{WHY_NOT_RECORDED} This applies to {', '.join(unrecorded)}.")
    if hidden:
        texts.append(
            f"{hidden} indicators are not shown this month, because a count is small or would "
            "reveal one that is."
        )
    elif not groups and not unrecorded:
        texts.append("Every indicator in this report has a figure this month.")
    return {"title": "Where the figures come from", "texts": texts, "tables": []}


def _reconciliation_block(pages: Pages) -> Context:
    rows = pages.data.reconciliation
    equal = sum(1 for row in rows if row["status"] == "equal")
    order = {row["indicator_ref"]: row["display_order"] for row in pages.data.indicators}
    differing = sorted(
        (row for row in rows if row["status"] != "equal"),
        key=lambda row: (order[row["indicator_ref"]], row["area_code"], row["measure"]),
    )
    names = {row["indicator_ref"]: row["indicator_name"] for row in pages.data.indicators}
    lines = [
        Line(
            f"{row['indicator_ref']} {names[row['indicator_ref']]}{_measure_words(row['measure'])}",
            [
                Cell(pages.data.area(row["area_code"])["area_name"], classes="text"),
                Cell(
                    number(row["printed_value"], places=row["decimal_places_printed"]),
                    f"{_reconciled(row)}|printed_value",
                ),
                Cell(
                    number(row["displayed_value"], places=row["decimal_places_printed"]),
                    f"{_reconciled(row)}|displayed_value",
                ),
                Cell(row["reason"] or row["note"] or "", classes="text"),
            ],
            href=f"#d-{row['indicator_ref']}",
        )
        for row in differing
    ]
    table = Table(
        "reconciliation",
        "reconciliation",
        f"Figures that differ from the printed report, {short_month(pages.day)}",
        "Figure",
        [Head("Area", True), Head("Printed"), Head("Calculated"), Head("Reason", True)],
        lines,
    )
    return {
        "title": "Comparison with the printed report",
        "texts": [
            f"Of the {len(rows)} figures in the printed report for this month, {equal} are "
            "reproduced from case records."
        ],
        "tables": [table] if lines else [],
    }


def _measure_words(measure: str) -> str:
    words = {"value": "", "ytd": ", year to date", "previous_ytd": ", last year to date"}
    return words.get(measure, f", {measure.replace('_', ' ')}")


def _reconciled(row: Row) -> str:
    return f"{row['indicator_ref']}|{row['measure']}|{row['area_code']}"


def _doubt_block(pages: Pages, rows: Sequence[Row]) -> Context:
    """Return how many cases make up each indicator, and how many of them are in doubt."""
    indicators = {row["indicator_ref"]: row for row in pages.data.indicators}
    doubtful = sorted(
        (row for row in rows if row["doubtful_case_count"]),
        key=lambda row: indicators[row["indicator_ref"]]["display_order"],
    )
    lines = [
        Line(
            f"{row['indicator_ref']} {indicators[row['indicator_ref']]['indicator_name']}",
            [
                *(
                    Cell(number(row[column]), f"{_doubt_key(row)}|{column}")
                    for column in ("case_count", "doubtful_case_count", "doubtful_person_count")
                ),
                Cell(row["rule_ids"] or "", classes="text"),
            ],
            href=f"#d-{row['indicator_ref']}",
        )
        for row in doubtful
    ]
    table = Table(
        "quality-by-indicator",
        "quality_by_indicator",
        "Indicators with cases in doubt",
        "Indicator",
        [
            Head("Cases counted"),
            Head("Cases in doubt"),
            Head("Children in doubt"),
            Head("Rules", True),
        ],
        lines,
    )
    return {
        "title": "Cases in doubt",
        "texts": [
            "A case is in doubt when its own record, or another record for the same child, breaks "
            "a data quality rule that affects the indicator. It is still counted, as the "
            "indicator's definition requires.",
            f"{len(rows) - len(doubtful)} of {len(rows)} indicators have no cases in doubt.",
        ],
        "tables": [table] if lines else [],
    }


def _doubt_key(row: Row) -> str:
    return f"{row['indicator_ref']}|{row['area_code']}"


def _rules_block(rows: Sequence[Row]) -> Context:
    """Return the rules that records broke, the most severe first."""
    order = {"block": 0, "error": 1, "warn": 2, "info": 3}
    shown = sorted(
        rows, key=lambda row: (order[row["severity"]], row["quality_rule"], row["table_name"])
    )
    lines = [
        Line(
            f"{row['quality_rule']} {row['message']}",
            [
                Cell(SEVERITY_WORDS[row["severity"]], classes="text"),
                Cell(row["table_name"], classes="text"),
                Cell(
                    number(row["failure_count"]),
                    f"{row['quality_rule']}|{row['table_name']}|failure_count",
                ),
                Cell(row["todo"], classes="text"),
            ],
        )
        for row in shown
    ]
    table = Table(
        "quality-summary",
        "quality_summary",
        "Data quality rules broken by records in the extract",
        "Rule",
        [Head("Severity", True), Head("Table", True), Head("Records"), Head("What to do", True)],
        lines,
    )
    errors = sum(row["failure_count"] for row in rows if row["severity"] == "error")
    warnings = sum(row["failure_count"] for row in rows if row["severity"] == "warn")
    return {
        "title": "Data quality of the extract",
        "texts": [
            f"{number(errors)} errors and {number(warnings)} warnings were found in the whole "
            "extract, across all months. Records that cannot be used are quarantined and listed; "
            "none are lost."
        ],
        "tables": [table],
    }
