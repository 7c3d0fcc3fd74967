"""How reliable the figures are: missing figures, the printed report, the quality checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from vital_signs.report.data import ReportData, Row
from vital_signs.report.pages import Pages
from vital_signs.report.tables import NOTHING
from vital_signs.report.workbook.cells import A3, Cell, Column, Figure, Line, Sheet

MEASURES = {
    "value": "Month",
    "ytd": "Year to date",
    "previous_ytd": "Last year's year to date",
}
WIDEST, NARROWEST = 60, 10
LONG = 24

Links = Callable[[str], Cell]


def quality_sheets(
    data: ReportData, pages: Pages, link: Links, why: Callable[[Row], str]
) -> list[Sheet]:
    """Return the sheets on the quality of the figures; a table without rows has none."""
    sheets = [_missing(data, pages, link, why)]
    if data.reconciliation:
        sheets.append(_printed(data, link))
    for name, rows in data.quality.items():
        if rows:
            sheets.append(_plain(name, rows))
    return sheets


def _missing(data: ReportData, pages: Pages, link: Links, why: Callable[[Row], str]) -> Sheet:
    """Return which figures for the month are not available, and why."""
    lines, count = [], 0
    for ref in pages.reported:
        for area in pages.shown_areas:
            row = data.summary.get((ref, area["area_code"]))
            count += row is not None
            if row is not None and row["value_m0"] is None:
                name = row["indicator_name"]
                lines.append(Line([link(ref), name, area["area_name"], why(row)]))
    columns = [
        Column("Ref", 7, "text"),
        Column("Indicator", 50, "text", True),
        Column("Area", 18, "text"),
        Column("Reason", 76, "text", True),
    ]
    about = f"{len(lines)} of {count} figures for the month, county and localities combined."
    title = f"Data quality: figures not available, {data.month['month_label']}"
    return Sheet("Data quality", title, about, columns, lines, 2)


def _printed(data: ReportData, link: Links) -> Sheet:
    """Return every figure in the printed report alongside the calculated one."""
    order = {row["indicator_ref"]: index for index, row in enumerate(data.indicators)}
    names = {row["indicator_ref"]: row["indicator_name"] for row in data.indicators}
    lines = []
    for row in sorted(
        data.reconciliation,
        key=lambda row: (order[row["indicator_ref"]], row["area_code"], row["measure"]),
    ):
        places = row["decimal_places_printed"] or 0
        lines.append(
            Line(
                [
                    link(row["indicator_ref"]),
                    names[row["indicator_ref"]],
                    data.area(row["area_code"])["area_name"],
                    MEASURES.get(row["measure"], row["measure"].replace("_", " ").capitalize()),
                    Figure(row["printed_value"], NOTHING, places),
                    Figure(row["displayed_value"], NOTHING, places),
                    Figure(row["difference"], NOTHING, places),
                    row["status"],
                    row["certainty"],
                    row["reason"] or row["note"] or "",
                ]
            )
        )
    columns = [
        Column("Ref", 7, "text"),
        Column("Indicator", 44, "text", True),
        Column("Area", 18, "text"),
        Column("Figure", 22, "text"),
        Column("Printed"),
        Column("Calculated", 10),
        Column("Difference", 10),
        Column("Comparison", 11, "text"),
        Column("Certainty of reading", 12, "text"),
        Column("Reason", 70, "text", True),
    ]
    equal = sum(1 for row in data.reconciliation if row["status"] == "equal")
    about = f"{equal} of {len(data.reconciliation)} printed figures are reproduced from records."
    title = f"Comparison with the printed report, {data.month['month_label']}"
    return Sheet("Printed report", title, about, columns, lines, 2, A3)


def _plain(name: str, rows: Sequence[Row]) -> Sheet:
    """Return a table of checks as published, with its own column names as headings."""
    columns = []
    for column in rows[0]:
        longest = max(len(str(row[column])) for row in rows)
        is_number = all(isinstance(row[column], int | float | Decimal | None) for row in rows)
        columns.append(
            Column(
                column.replace("_", " ").capitalize(),
                min(WIDEST, max(NARROWEST, longest + 1)),
                "number" if is_number else "text",
                longest > LONG and not is_number,
            )
        )
    lines = [Line([_as_cell(value) for value in row.values()]) for row in rows]
    title = name.replace("_", " ").capitalize()
    about = "From the checks on the extract that the figures were calculated from."
    return Sheet(title, title, about, columns, lines, 1, A3)


def _as_cell(value: Any) -> Cell:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return Figure(float(value), "", 0 if value == int(value) else 1)
    return value if isinstance(value, date) else str(value)
