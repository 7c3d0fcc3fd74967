"""The detail tables T1 to T8 of the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from vital_signs.report.data import COUNTY, ReportData, Row
from vital_signs.report.pages import Pages
from vital_signs.report.tables import (
    DETAILS,
    NOTHING,
    PERCENT_PLACES,
    Detail,
    Measure,
    counted,
    short_month,
)
from vital_signs.report.workbook.cells import A3, Cell, Column, Figure, Line, Sheet

RESIDENTIAL = "detail_residential_by_age"


def detail_sheets(data: ReportData, colour: str) -> list[Sheet]:
    """Return the sheets of T1 to T7, where there is something to show."""
    sheets = [_months_sheet(detail, data, colour) for detail in DETAILS]
    residential = _residential_sheet(data, colour)
    found = [sheet for sheet in (*sheets, residential) if sheet is not None]
    return sorted(found, key=lambda sheet: sheet.name)


def _months_sheet(detail: Detail, data: ReportData, colour: str) -> Sheet | None:
    """Return a table over thirteen months: a line per area, category and measure."""
    days: list[date] = [month["month_end"] for month in data.months]
    by_key: dict[tuple[str, str, date], Row] = {}
    categories: dict[str, tuple[int, str]] = {}
    for row in data.details[detail.source]:
        code = row[detail.code]
        by_key[row.get("area_code", COUNTY), code, row["month_end"]] = row
        categories[code] = (row["display_order"], row[detail.label])
    if not categories:
        return None
    ordered = sorted(categories, key=lambda code: (*categories[code], code))
    lines = []
    for area in data.areas:
        for code in ordered:
            if all((area["area_code"], code, day) not in by_key for day in days):
                continue
            for measure in detail.measures:
                cells: list[Cell] = [area["area_name"]] if detail.has_areas else []
                cells += [categories[code][1], measure.title]
                cells += [
                    _figure(by_key.get((area["area_code"], code, day)), measure) for day in days
                ]
                lines.append(Line(cells, is_first=measure is detail.measures[0]))
    columns = [
        *([Column("Area", 18, "text")] if detail.has_areas else []),
        Column(detail.first, 42, "text"),
        Column("What is counted", 26, "text"),
        *(Column(short_month(day)) for day in days),
    ]
    title = f"{detail.number} {detail.title}, thirteen months to {data.month['month_label']}"
    fixed = 3 if detail.has_areas else 2
    return Sheet(detail.number, title, detail.note, columns, lines, fixed, A3, colour=colour)


def _figure(row: Row | None, measure: Measure) -> Figure:
    places = PERCENT_PLACES if measure.percent else 0
    value = row[measure.column] if row else None
    return Figure(value, measure.text(row), places, measure.percent)


def _residential_sheet(data: ReportData, colour: str) -> Sheet | None:
    """Return T5: a line per type of residential placement, a column per age."""
    rows = [row for row in data.details[RESIDENTIAL] if row["month_end"] == data.month["month_end"]]
    if not rows:
        return None
    by_key = {(row["placement_type_code"], row["age_label"]): row for row in rows}
    ages = {row["age_label"]: (row["age"] is None, row["age"] or 0) for row in rows}
    labels = sorted(ages, key=lambda label: (ages[label], label))
    types = {
        row["placement_type_code"]: (row["display_order"], row["placement_type_name"])
        for row in rows
    }
    children = Measure("children", "Children")
    lines = [
        Line([types[code][1], *(_figure(by_key.get((code, label)), children) for label in labels)])
        for code in sorted(types, key=lambda code: (types[code], code))
    ]
    columns = [Column("Placement", 50, "text"), *(Column(label, 8) for label in labels)]
    title = f"T5 Children in residential placements by type and age, {data.month['month_label']}"
    about = "Children at the end of the month, by their age in years."
    return Sheet("T5", title, about, columns, lines, 1, A3, colour=colour)


def localities_sheet(
    data: ReportData, pages: Pages, link: Callable[[str], Cell], colour: str
) -> Sheet:
    """Return T8: the areas side by side, then their numerators and denominators."""
    areas = pages.shown_areas
    columns = [
        Column("Ref", 7, "text"),
        Column("Indicator", 44, "text", True),
        Column("Data note", 18, "text", True),
        *(Column(area["area_name"], 10) for area in areas),
        Column("Not allocated", 10),
    ]
    for area in areas:
        columns += [
            Column(f"{area['area_name']}: numerator", 11),
            Column(f"{area['area_name']}: denominator", 11),
        ]
    lines = []
    for ref, rows in data.localities.items():
        indicator = pages.reported.get(ref)
        if indicator is None:
            continue
        by_area = {row["area_code"]: row for row in rows}
        found = [by_area.get(area["area_code"]) for area in areas]
        cells: list[Cell] = [link(ref), indicator["indicator_name"], indicator["data_note"]]
        cells += [_value(row, indicator) for row in found]
        cells.append(_count(by_area.get(COUNTY), "not_allocated_count"))
        for row in found:
            cells += [_count(row, "numerator"), _count(row, "denominator")]
        lines.append(Line(cells))
    title = f"T8 Localities side by side, {data.month['month_label']}"
    about = "Not allocated is work not yet assigned to a locality: it is in the county only."
    return Sheet("T8", title, about, columns, lines, 3, A3, colour=colour)


def _value(row: Row | None, indicator: Row) -> Figure:
    places, percent = indicator["decimal_places"] or 0, indicator["unit"] == "percent"
    text = counted(row, "value", places=places, percent=percent)
    return Figure(row["value"] if row else None, text, places, percent)


def _count(row: Row | None, column: str) -> Figure:
    return Figure(row[column] if row else None, counted(row, column) if row else NOTHING)
