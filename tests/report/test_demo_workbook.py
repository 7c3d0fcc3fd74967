"""Every number in the demonstration county's workbook, read back from the file.

The published tables are read here by separate statements, and rounded by the rules of the
spreadsheet and not by the code that writes the workbook.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from vital_signs.report.data import read_report
from vital_signs.report.tables import NOT_RECORDED
from vital_signs.report.workbook import write_workbook

from tests.report.test_workbook import displayed, lines

WAREHOUSE = os.environ.get("VITAL_SIGNS_DEMO_WAREHOUSE", "")
MONTH = date(2018, 3, 31)
SECONDS = 3.0
RAG = {"Red ✖": "red", "Amber ■": "amber", "Green ★": "green", None: None}
TRAVEL = {
    "▲ better": "improved",
    "▼ worse": "worsened",
    "= same": "same",
    "△ rose": "up",
    "▽ fell": "down",
    "= level": "same",
    "▲ better, unrounded": "improved",
    "▼ worse, unrounded": "worsened",
    "△ rose, unrounded": "up",
    "▽ fell, unrounded": "down",
    "series break": None,
    None: None,
}

pytestmark = [
    pytest.mark.skipif(
        not WAREHOUSE, reason="needs the demonstration warehouse: `make test-end-to-end` builds it"
    ),
    pytest.mark.filterwarnings("ignore:Sparkline Group extension"),
]

Row = dict[str, Any]


class Edition:
    """The workbook of an edition, and the warehouse it was made from."""

    def __init__(self, name: str, file: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.name, self.connection = name, connection
        data = read_report(connection, MONTH, name)
        # Time of the processor: other tests may run at the same time.
        started = time.process_time()
        write_workbook(data, file)
        self.seconds = time.process_time() - started
        self.book = openpyxl.load_workbook(file)
        self.areas = dict(self.rows("select area_name, area_code from published.areas", tuple))
        months = self.rows(
            "select short_label, month_end from published.months"
            " where months_before_last <= 12 order by month_end",
            tuple,
        )
        self.months: dict[str, date] = dict(months)

    def rows(self, statement: str, kind: type = dict) -> list[Any]:
        """Return the rows of a statement; `$edition` and `$month` may stand in it."""
        values = {"edition": self.name, "month": MONTH}
        used = {name: value for name, value in values.items() if f"${name}" in statement}
        found = self.connection.execute(statement, used)
        names = [column[0] for column in found.description]
        return [
            row if kind is tuple else dict(zip(names, row, strict=True)) for row in found.fetchall()
        ]

    def sections(self) -> list[str]:
        """Return the sheets of the areas of work."""
        codes = {row["section_code"] for row in self.rows("from published.indicators")}
        return [name for name in self.book.sheetnames if name.split(" ")[0] in codes]


@pytest.fixture(scope="module", params=["internal", "public"])
def edition(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Edition]:
    file = tmp_path_factory.mktemp("workbook") / "scorecard.xlsx"
    with duckdb.connect(WAREHOUSE, read_only=True) as connection:
        yield Edition(request.param, file, connection)


def same(cell: Any, value: Any, text: str | None = None, sign: str = "-") -> bool:
    """Return whether a cell holds this number, and shows this text where one is published."""
    if value is None:
        return cell.data_type == "s" and cell.value == (text if text is not None else sign)
    return (
        cell.data_type == "n"
        and abs(cell.value - float(value)) < 1e-9
        and text in (None, displayed(cell))
    )


def test_the_summary_is_the_published_one(edition: Edition) -> None:
    published = {
        (row["indicator_ref"], row["area_code"]): row
        for row in edition.rows(
            "from published.indicator_summary"
            " where edition = $edition and month_end = $month and is_in_report"
        )
    }
    labels = list(edition.months)[-4:]
    refs = []
    for line in lines(edition.book["Summary"]):
        ref = line["Ref"].value
        refs.append(ref)
        row = published[ref, "COUNTY"]
        for label, name in zip(labels, ("m3", "m2", "m1", "m0"), strict=True):
            assert same(line[label], row[f"value_{name}"], row[f"text_{name}"]), (ref, label)
        shown = row["ytd_is_shown"]
        for heading, name in (("YTD", "ytd"), ("Last year's YTD", "previous_ytd")):
            value, text = (row[f"{name}_value"], row[f"{name}_text"]) if shown else (None, "-")
            assert same(line[heading], value, text), (ref, heading)
        assert line["Target"].value == (row["target_text"] or "-")
        assert same(line["Green limit"], row["green_limit"]), ref
        limits = [row["red_limit"], row["green_limit"]]
        crossed = row["polarity"] == "low" and None not in limits
        assert same(line["Red limit"], max(limits) if crossed else limits[0]), ref
        assert same(line["National average"], row["national_average"]), ref
        travel = row["direction_of_travel"] or row["raw_direction"]
        assert TRAVEL[line["Direction of travel"].value] == travel, ref
        for area, code in edition.areas.items():
            if code != "NOT_ALLOCATED":
                wanted = published.get((ref, code), {}).get("rag_status")
                assert RAG[line[f"RAG {area}"].value] == wanted, (ref, code)
    assert Counter(refs) == Counter(ref for ref, code in published if code == "COUNTY")


def test_the_areas_of_work_have_every_month_of_every_area(edition: Edition) -> None:
    values = {
        (row["indicator_ref"], row["area_code"], row["month_end"]): row
        for row in edition.rows("from published.indicator_values where edition = $edition")
    }
    summary = {
        (row["indicator_ref"], row["area_code"]): row
        for row in edition.rows(
            "from published.indicator_summary"
            " where edition = $edition and month_end = $month and is_in_report"
        )
    }
    breaks = dict(
        edition.rows("select indicator_ref, series_break_month from published.indicators", tuple)
    )
    seen = set()
    for name in edition.sections():
        for line in lines(edition.book[name]):
            ref, code = line["Ref"].value, edition.areas[line["Area"].value]
            seen.add((ref, code))
            assert RAG[line["RAG"].value] == summary[ref, code]["rag_status"]
            for label, day in edition.months.items():
                row = values.get((ref, code, day), {"value": None, "value_text": "-"})
                assert same(line[label], row["value"], row["value_text"]), (ref, code, label)
                drawn = line[f"Trend: {label}"]
                is_before = breaks[ref] is not None and day < breaks[ref]
                is_gap = (row["value"] is None or is_before) and drawn.value is None
                assert is_gap or same(drawn, row["value"], row["value_text"]), (ref, code, label)
            assert bool(line["Why no figure is available"].value) == (
                summary[ref, code]["value_m0"] is None
            )
    assert seen == {key for key in summary if key[1] != "NOT_ALLOCATED"}


DETAILS = {
    "T1": ("contacts_by_source", "source_group_name", "Source"),
    "T2": ("assessment_outcomes", "outcome_name", "Outcome"),
    "T3": ("s47_outcomes", "outcome_name", "Outcome"),
    "T4": ("placement_types", "placement_group_name", "Placement"),
    "T6": ("care_leaver_categories", "category_name", "Category"),
    "T7": ("caseloads", "team_type_name", "Type of team"),
}
MEASURES = {
    "Contacts": "contacts",
    "Became a referral": "progressed",
    "% of the source's contacts": "percent_progressed",
    "% of all contacts": "share_of_contacts",
    "% of all referrals": "share_of_progressed",
    "Number": ("assessments", "enquiries"),
    "%": ("percent_of_outcomes", "percent_of_enquiries", "percent_of_children"),
    "Children": "children",
    "People": "people",
    "Workers": "workers",
    "Largest": "largest_caseload",
    "Average": "average_caseload",
}


@pytest.mark.parametrize("number", DETAILS)
def test_a_detail_table_has_every_month(edition: Edition, number: str) -> None:
    table, label, heading = DETAILS[number]
    published = {
        (row.get("area_code", "COUNTY"), row[label], row["month_end"]): row
        for row in edition.rows(f"from published.detail_{table} where edition = $edition")
    }
    read = 0
    for line in lines(edition.book[number]):
        code = edition.areas[line["Area"].value] if "Area" in line else "COUNTY"
        columns = MEASURES[line["What is counted"].value]
        for month, day in edition.months.items():
            row = published.get((code, line[heading].value, day))
            if row is None:
                assert line[month].value == "-"
                continue
            names = (columns,) if isinstance(columns, str) else columns
            column = next(name for name in names if name in row)
            read += 1
            sign = "[c]" if row["is_suppressed"] else "-"
            if line[month].value == NOT_RECORDED:
                assert code != "COUNTY" and not row[column], "words stand for no number but 0"
                continue
            assert same(line[month], row[column], sign=sign), (code, line[heading].value, month)
    measures = {line["What is counted"].value for line in lines(edition.book[number])}
    in_months = [key for key in published if key[2] in edition.months.values()]
    assert read == len(in_months) * len(measures)


def test_residential_placements_are_the_published_ones(edition: Edition) -> None:
    published = {
        (row["placement_type_name"], row["age_label"]): row
        for row in edition.rows(
            "from published.detail_residential_by_age"
            " where edition = $edition and month_end = $month"
        )
    }
    read = 0
    for line in lines(edition.book["T5"]) if published else ():
        for age, cell in line.items():
            if age != "Placement":
                row = published[line["Placement"].value, age]
                assert same(cell, row["children"], sign="[c]" if row["is_suppressed"] else "-")
                read += 1
    assert read == len(published)


def test_the_localities_are_the_published_ones(edition: Edition) -> None:
    published = {
        (row["indicator_ref"], row["area_code"]): row
        for row in edition.rows(
            "from published.detail_localities where edition = $edition and month_end = $month"
        )
    }
    none = {"value": None, "numerator": None, "denominator": None, "is_suppressed": False}
    for line in lines(edition.book["T8"]):
        ref = line["Ref"].value
        for area, code in edition.areas.items():
            if code == "NOT_ALLOCATED":
                continue
            row = published.get((ref, code), none)
            sign = "[c]" if row["is_suppressed"] else "-"
            if row.get("is_not_recorded_by_locality"):
                sign = NOT_RECORDED
            assert same(line[area], row["value"], sign=sign), (ref, code)
            for part in ("numerator", "denominator"):
                assert same(line[f"{area}: {part}"], row[part], sign=sign), (ref, code, part)
        row = published[ref, "COUNTY"]
        sign = "[c]" if row["is_suppressed"] else "-"
        assert same(line["Not allocated"], row["not_allocated_count"], sign=sign), ref


def test_benchmarks_and_the_printed_report_are_the_published_ones(edition: Edition) -> None:
    read = {
        (line["Ref"].value, line["Compared with"].value, line["From"].value.date()): line["Figure"]
        for line in lines(edition.book["Benchmarks"])
    }
    published = edition.rows(
        "select benchmarks.* from published.benchmarks"
        " inner join published.indicators using (indicator_ref)"
        " where indicators.is_in_report and benchmarks.valid_from <= $month"
    )
    assert len(read) == len(published)
    for row in published:
        key = (row["indicator_ref"], row["benchmark_name"], row["valid_from"])
        assert same(read[key], row["benchmark_value"], row["benchmark_text"]), key
    printed = edition.rows(
        "from published.reconciliation where edition = $edition and month_end = $month"
    )
    cells = Counter(
        (line["Ref"].value, line["Printed"].value, line["Calculated"].value)
        for line in (lines(edition.book["Printed report"]) if printed else ())
    )
    assert cells == Counter(
        (row["indicator_ref"], *(shown(row[name]) for name in ("printed_value", "displayed_value")))
        for row in printed
    )


def shown(value: float | None) -> float | str:
    return "-" if value is None else value


def test_nothing_is_a_formula_and_only_numbers_are_numbers(edition: Edition) -> None:
    kinds = Counter(
        cell.data_type for sheet in edition.book for row in sheet.iter_rows() for cell in row
    )
    assert set(kinds) == {"s", "n", "d"}


def test_it_is_made_in_time(edition: Edition) -> None:
    assert edition.seconds < SECONDS
