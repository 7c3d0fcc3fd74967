"""What the numbers stand on: the extract, the printed report, the quality checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from report.data import COUNTY, Row
from report.pages import WITHOUT_NUMBER, Context, Pages, long_day
from report.tables import NOTHING, Cell, Head, Line, Table, number, short_month


def quality_blocks(pages: Pages, area_code: str) -> list[Context]:
    """Return the blocks of the section: a title, sentences and tables each."""
    blocks = [_availability_block(pages, area_code)]
    if area_code == COUNTY and pages.data.reconciliation:
        blocks.append(_reconciliation_block(pages))
    for name, rows in pages.data.quality.items():
        if rows:
            blocks.append(_plain_block(name, rows))
    return blocks


def _availability_block(pages: Pages, area_code: str) -> Context:
    extract = pages.data.extract
    texts = []
    if extract:
        texts.append(
            f"The numbers were computed from the case records of extract "
            f"{extract['extract_id']} ({extract['source_system']}), as they stood on "
            f"{long_day(extract['as_at'])}. What was entered later is not in them."
        )
    groups: dict[str, list[str]] = {}
    hidden = 0
    for ref in pages.reported:
        row = pages.data.summary.get((ref, area_code))
        if row is None or row["value_m0"] is not None:
            continue
        if row["availability"] == "available":
            hidden += 1
        else:
            groups.setdefault(row["availability"], []).append(ref)
    texts += [
        f"{WITHOUT_NUMBER[status]} This is so for {', '.join(refs)}."
        for status, refs in sorted(groups.items())
    ]
    if hidden:
        texts.append(
            f"{hidden} indicators are not shown this month, because a count is small or would give "
            "away one that is."
        )
    elif not groups:
        texts.append("Every indicator of this report has a number this month.")
    return {"title": "Where the numbers come from", "texts": texts, "tables": []}


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
        [Head("Area", True), Head("Printed"), Head("Computed"), Head("Why", True)],
        lines,
    )
    return {
        "title": "Beside the printed report",
        "texts": [
            f"Of {len(rows)} figures that the printed report gives for this month, {equal} "
            "come out the same from case records."
        ],
        "tables": [table] if lines else [],
    }


def _measure_words(measure: str) -> str:
    words = {"value": "", "ytd": ", year to date", "previous_ytd": ", last year to date"}
    return words.get(measure, f", {measure.replace('_', ' ')}")


def _reconciled(row: Row) -> str:
    return f"{row['indicator_ref']}|{row['measure']}|{row['area_code']}"


def _plain_block(name: str, rows: Sequence[Row]) -> Context:
    """Return a table of a quality mart as it is: its columns are its own words."""
    columns = list(rows[0])
    title = name.replace("_", " ").capitalize()
    table = Table(
        name.replace("_", "-"),
        name,
        title,
        columns[0].replace("_", " "),
        [
            Head(column.replace("_", " "), isinstance(rows[0][column], str))
            for column in columns[1:]
        ],
        [
            Line(
                str(row[columns[0]]),
                [
                    Cell(
                        _plain_text(row[column]),
                        classes="text" if isinstance(row[column], str) else "",
                    )
                    for column in columns[1:]
                ],
            )
            for row in rows
        ],
    )
    return {"title": title, "texts": [], "tables": [table]}


def _plain_text(value: Any) -> str:
    """Return a value of any kind in words."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return number(float(value), places=0 if value == int(value) else 1)
    return long_day(value) if isinstance(value, date) else str(value)
