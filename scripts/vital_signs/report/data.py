"""What the report reads: the tables of the schema `published` and nothing else.

Every query of the report is in this module. A table that a warehouse does not have yet
(`quality_*`) is left out of the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from vital_signs import sql
from vital_signs.errors import UserError
from vital_signs.report.tables import DETAILS as DETAIL_TABLES
from vital_signs.report.tables import NOT_RECORDED

SCHEMA = "published"
COUNTY = "COUNTY"
MONTHS_SHOWN = 13

Row = dict[str, Any]

# Read for thirteen months; the other detail tables come with the month alone.
DETAILS = (
    "detail_contacts_by_source",
    "detail_assessment_outcomes",
    "detail_s47_outcomes",
    "detail_placement_types",
    "detail_residential_by_age",
    "detail_care_leaver_categories",
    "detail_caseloads",
)
QUALITY = ("quality_by_indicator", "quality_summary")


@dataclass(frozen=True)
class ReportData:
    """One month of one edition, read once and shared by every page.

    `summary` and `series` are keyed by indicator ref and area code; `series` holds a row for each
    of `months`, oldest first, or nothing for a month without one.
    """

    month: Row
    edition: str
    months: list[Row]
    areas: list[Row]
    indicators: list[Row]
    summary: dict[tuple[str, str], Row]
    series: dict[tuple[str, str], dict[date, Row]]
    benchmarks: dict[str, list[Row]]
    targets: dict[str, Row]
    localities: dict[str, list[Row]]
    details: dict[str, list[Row]]
    vital_signs: list[Row]
    vital_sign_months: list[Row]
    report_cards: list[Row]
    exceptions: list[Row]
    flags: list[Row]
    education: list[Row]
    reconciliation: list[Row]
    glossary: list[Row]
    extract: Row
    quality: dict[str, list[Row]] = field(default_factory=dict)

    def area(self, code: str) -> Row:
        """Return the area with this code."""
        return next(area for area in self.areas if area["area_code"] == code)


def _months(read: _Reader) -> list[Row]:
    """Return one row per month of the warehouse, oldest first."""
    months = read.rows("months", order="month_end")
    if not months:
        raise UserError(
            "the warehouse contains no months",
            "land an extract that covers a complete month, then build",
        )
    return months


def read_report(connection: duckdb.DuckDBPyConnection, month_end: date, edition: str) -> ReportData:
    """Read everything that the pages of one month show.

    Raises UserError for a month or an edition that the warehouse does not have.
    """
    read = _Reader(connection)
    months = _months(read)
    known = [month["month_end"] for month in months]
    if month_end not in known:
        raise UserError(
            f"there is no {month_end:%Y-%m} in the warehouse",
            f"choose a month from {known[0]:%Y-%m} to {known[-1]:%Y-%m}",
        )
    last = known.index(month_end)
    shown = months[max(0, last - MONTHS_SHOWN + 1) : last + 1]
    first = shown[0]["month_end"]
    this_month = {"month_end": month_end, "edition": edition}
    summary = read.rows("indicator_summary", this_month, "display_order, area_code")
    if not summary:
        raise UserError(
            f"the warehouse has no {edition} edition of {month_end:%Y-%m}",
            "build it again with vital-signs build",
        )
    if "is_not_recorded_by_locality" not in summary[0]:
        raise UserError(
            "the warehouse was built by an earlier version of the project",
            "build it again with vital-signs build",
        )
    window = {"edition": edition, "month_end": (first, month_end)}
    dashboard = read.rows("vital_sign_months", this_month, "display_order, months_before desc")
    data = ReportData(
        month=months[last],
        edition=edition,
        months=shown,
        areas=read.rows("areas", order="display_order"),
        indicators=read.rows("indicators", order="section_order, display_order"),
        summary={(row["indicator_ref"], row["area_code"]): row for row in summary},
        series=_series(read.rows("indicator_values", window, "month_end")),
        benchmarks=_grouped(
            [
                row
                for row in read.rows("benchmarks", order="benchmark_group, valid_from")
                if row["valid_from"] <= month_end
            ],
            "indicator_ref",
        ),
        targets={
            row["indicator_ref"]: row
            for row in read.rows("targets", order="indicator_ref, valid_from")
            if row["valid_from"] <= month_end
        },
        localities=_grouped(
            read.rows("detail_localities", this_month, "display_order"), "indicator_ref"
        ),
        details={name: read.rows(name, window, "month_end, display_order") for name in DETAILS},
        vital_signs=[
            row
            for row in read.rows("vital_signs", order="display_order")
            if row["valid_from"] <= month_end
            and (row["valid_to"] is None or row["valid_to"] > month_end)
        ],
        vital_sign_months=dashboard,
        report_cards=read.rows("report_cards", this_month, "display_order"),
        exceptions=read.rows("exceptions", this_month, "display_order, area_code"),
        flags=[
            row
            for row in read.rows("vital_sign_flags", order="flagged_on, vital_sign_code, rule")
            if row["month_from"] <= month_end
            and (row["month_to"] is None or row["month_to"] >= month_end)
        ],
        education=read.rows(
            "education", order="education_table, measure_name, pupil_group, period"
        ),
        reconciliation=read.rows(
            "reconciliation",
            {"edition": edition, "month_end": month_end},
            "indicator_ref, area_code, measure",
        ),
        glossary=read.rows("glossary", order="display_order"),
        extract=next(iter(read.rows("extract")), {}),
        quality={
            name: _of_report(read.rows(name, order="all"), this_month)
            for name in QUALITY
            if name in read.tables
        },
    )
    _without_unrecorded(data)
    return data


def _without_unrecorded(data: ReportData) -> None:
    """Remove the figures of localities that no case belongs to: their 0 is not a count."""
    unrecorded = {key for key, row in data.summary.items() if row["is_not_recorded_by_locality"]}
    for key in unrecorded:
        _take_out(data.summary[key], "text_m")
        for row in data.series.get(key, {}).values():
            _take_out(row, "value_text")
    for ref, rows in data.localities.items():
        for row in rows:
            if (ref, row["area_code"]) in unrecorded:
                _take_out(row)
    for row in data.vital_sign_months:
        if (row["indicator_ref"], row["area_code"]) in unrecorded:
            _take_out(row, "value_text")
    refs = {ref for ref, _ in unrecorded}
    of_localities = {area["area_code"] for area in data.areas if area["area_type"] == "locality"}
    for detail in DETAIL_TABLES:
        rows = [row for row in data.details[detail.source] if row.get("area_code") in of_localities]
        for code in {row[detail.code] for row in rows}:
            of_code = [row for row in rows if row[detail.code] == code]
            columns = [measure.column for measure in detail.measures]
            explained = {detail.explained_by(code, measure) for measure in detail.measures}
            if explained <= refs and not any(row[name] for row in of_code for name in columns):
                for row in of_code:
                    row |= dict.fromkeys(columns) | {"is_not_recorded_by_locality": True}


def _take_out(row: Row, texts: str = "") -> None:
    """Set the figures of a row to null, and the texts with that prefix to the reason."""
    for column in row:
        if column.startswith(("value", "ytd_value", "numerator", "denominator")):
            row[column] = None
        if texts and column.startswith(texts):
            row[column] = NOT_RECORDED
    row["is_not_recorded_by_locality"] = True


class _Reader:
    """Reads published tables, and reports a required one that is missing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        found = connection.execute(
            "select table_name from information_schema.tables where table_schema = ?", [SCHEMA]
        ).fetchall()
        self.tables = {name for (name,) in found}

    def rows(self, table: str, where: dict[str, Any] | None = None, order: str = "") -> list[Row]:
        """Return the rows of a table; a pair of values in `where` is a range with both ends."""
        if table not in self.tables:
            raise UserError(
                f"there is no {SCHEMA}.{table} in the warehouse",
                "build it with vital-signs build",
            )
        tests, values = [], []
        for column, value in (where or {}).items():
            if isinstance(value, tuple):
                tests.append(f"{column} between ? and ?")
                values += value
            else:
                tests.append(f"{column} = ?")
                values.append(value)
        statement = f"select * from {SCHEMA}.{table}"
        if tests:
            statement += " where " + " and ".join(tests)
        if order:
            statement += f" order by {order}"
        return sql.rows(self.connection, statement, values)


def _of_report(rows: Iterable[Row], report: Row) -> list[Row]:
    """Return the rows of the month and edition, without those two columns."""
    return [
        {column: value for column, value in row.items() if column not in report}
        for row in rows
        if all(row.get(column, wanted) == wanted for column, wanted in report.items())
    ]


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return dict(groups)


def _series(rows: Iterable[Row]) -> dict[tuple[str, str], dict[date, Row]]:
    series: dict[tuple[str, str], dict[date, Row]] = defaultdict(dict)
    for row in rows:
        series[row["indicator_ref"], row["area_code"]][row["month_end"]] = row
    return dict(series)
