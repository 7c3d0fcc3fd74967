"""The workbook, read back with another library: texts, numbers, trends, print, accessibility."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from vital_signs.report.command import make_report
from vital_signs.report.data import ReportData, read_report
from vital_signs.report.workbook import write_workbook
from vital_signs.report.workbook.cells import number_format, sheet_name, stored
from vital_signs.scorecard import rounded

from tests.report.small import MONTH, make_warehouse, rows

HEADER, FIRST = 4, 5
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "{=1+1}",
    '=HYPERLINK("http://x.example","y")',
    "=cmd|' /C calc'!A0",
    "http://x.example/",
    "internal:Summary!A1",
    "mailto:x@x.example",
    "\t=1+1",
    "12",
    "0012",
    "1e5",
    "true",
    "#REF!",
    "]]>&<b>'\"",
    "_x0041_",
    "two\nlines",
    "[]:*?/\\'",
    "ж" * 300,
)
TEXTS = (
    "indicator_name",
    "section_name",
    "good_performance_is",
    "data_note",
    "definition",
    "formula",
    "footnote",
    "series_break_reason",
    "target_text",
    "benchmark_name",
    "source",
    "term",
    "meaning",
    "extract_id",
    "source_system",
    "area_name",
)
# The library that reads does not know sparklines; they are read from the file itself.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")
DRAWN = "{http://schemas.microsoft.com/office/excel/2006/main}"

Row = dict[str, Any]


def read(folder: Path, tables: dict[str, list[Row]]) -> ReportData:
    """Return these rows as the report reads them."""
    warehouse = make_warehouse(folder / "w.duckdb", tables)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return read_report(connection, MONTH, "internal")


def write(folder: Path, tables: dict[str, list[Row]]) -> Path:
    """Write the workbook of these rows and return its file."""
    write_workbook(read(folder, tables), folder / "w.xlsx")
    return folder / "w.xlsx"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    return read(tmp_path_factory.mktemp("data"), rows())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("workbook"), rows())


@pytest.fixture(scope="module")
def book(file: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(file)


def lines(sheet: Worksheet) -> Iterator[Row]:
    """Yield the rows of a sheet's table, by the headings of its columns."""
    last = int(re.findall(r"\d+", sheet.auto_filter.ref)[-1])
    names = [cell.value for cell in sheet[HEADER]]
    for row in sheet.iter_rows(min_row=FIRST, max_row=last):
        yield dict(zip(names, row, strict=True))


def parts(file: Path, folder: str) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        return {
            name: archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if name.startswith(folder)
        }


def displayed(cell: Any) -> str:
    """Return what a spreadsheet shows: half up on the first fifteen digits of the number."""
    decimals = re.fullmatch(r'#,##0(?:\.(0+))?("%")?', cell.number_format)
    places = len(decimals[1] or "")
    number = Decimal(f"{cell.value:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{number:,}{'%' if decimals[2] else ''}"


def test_the_report_has_the_workbook_beside_its_pages(tmp_path: Path) -> None:
    warehouse = make_warehouse(tmp_path / "w.duckdb", rows())
    folder = make_report(warehouse, "2018-03", out=tmp_path, commentary=tmp_path / "none")

    assert openpyxl.load_workbook(folder / "scorecard.xlsx").sheetnames[0] == "Summary"


def test_the_summary_shows_the_published_row(book: openpyxl.Workbook) -> None:
    found = {line["Ref"].value: line for line in lines(book["Summary"])}

    line = found["3.3"]
    assert displayed(line["Mar 18"]) == "56.3%"
    assert line["Mar 18"].value == 56.25
    assert line["Area of work"].value == "Assessments"
    assert (line["Target"].value, displayed(line["Green limit"])) == ("80%", "80.0%")
    assert displayed(line["Red limit"]) == "70.0%"
    assert line["RAG County"].value == "Red ✖"
    assert line["RAG Norwich"].value == "Red ✖"
    assert line["Direction of travel"].value == "▼ worse"
    assert displayed(line["National average"]) == "82.9%"
    assert found["3.1"]["RAG County"].value is None
    assert found["3.1"]["Direction of travel"].value == "△ rose"
    assert found["3.1"]["Green limit"].value == "-"


def test_a_sheet_for_each_area_of_work(book: openpyxl.Workbook) -> None:
    sheet = book["3 Assessments"]
    found = {(line["Ref"].value, line["Area"].value): line for line in lines(sheet)}

    assert set(found) == {(ref, area) for ref in ("3.1", "3.3") for area in ("County", "Norwich")}
    assert [displayed(found["3.3", "Norwich"][month]) for month in ("Mar 17", "Mar 18")] == [
        "50.0%",
        "56.3%",
    ]
    below = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=FIRST + 5)]
    assert ["3.3", "Definition", "What In time means."] in below
    assert [None, "Series break", "January 2018: new form"] in below


def test_every_ref_leads_to_its_definition(book: openpyxl.Workbook) -> None:
    for name in ("Summary", "3 Assessments", "Benchmarks"):
        for line in lines(book[name]):
            cell = line["Ref"]
            target = re.fullmatch(r"'?Definitions'?!A(\d+)", cell.hyperlink.location)
            assert book["Definitions"].cell(int(target[1]), 1).value == cell.value


def with_texts(item: Any, text: str) -> Any:
    """Return the same data with this text wherever the warehouse has a text for readers."""
    if isinstance(item, dict):
        return {
            name: text if name in TEXTS and value is not None else with_texts(value, text)
            for name, value in item.items()
        }
    return [with_texts(value, text) for value in item] if isinstance(item, list) else item


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_the_text_it_is(data: ReportData, tmp_path: Path, text: str) -> None:
    hostile = {item.name: with_texts(getattr(data, item.name), text) for item in fields(data)}
    file = tmp_path / "hostile.xlsx"
    write_workbook(ReportData(**hostile), file)

    for name, xml in parts(file, "xl/worksheets/sheet").items():
        assert "<f>" not in xml and "<f " not in xml, name
    assert parts(file, "xl/externalLinks") == {}
    for name, xml in parts(file, "xl/worksheets/_rels").items():
        assert "External" not in xml, name
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    summary = next(lines(book["Summary"]))
    assert summary["Indicator"].data_type == "s"
    # The library that reads has its own view of `_x0041_`, which is how the format writes "A".
    wanted = text.replace("_x0041_", "A")
    assert summary["Indicator"].value.replace("_x0041_", "A") == wanted
    assert next(lines(book["Glossary"]))["Meaning"].value.replace("_x0041_", "A") == wanted


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (56.25, 1, "56.3"),
        (56.24999999999999, 1, "56.3"),
        (56.2499999, 1, "56.2"),
        (1.005, 2, "1.01"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.04, 1, "0.0"),
        (0.1 + 0.2, 1, "0.3"),
        (100 * 2 / 3, 1, "66.7"),
        (123_456_789_012.45, 1, "123,456,789,012.5"),
    ],
)
def test_a_spreadsheet_shows_the_number_half_up(value: float, places: int, text: str) -> None:
    cell = Shown(stored(value, places), number_format(places, False))
    assert displayed(cell) == text


def test_a_spreadsheet_shows_what_the_report_shows() -> None:
    random = Random(2018)
    for _ in range(20_000):
        places = random.randint(0, 2)
        whole = random.randint(-(10 ** random.randint(1, 7)), 10 ** random.randint(1, 7))
        value = whole / random.choice((1, 2, 3, 7, 8, 20, 40, 200, 2000))
        cell = Shown(stored(value, places), number_format(places, False))
        assert displayed(cell) == rounded(value, places), value
        assert abs(cell.value - value) < 1e-8 or rounded(value, places) in ("0", "0.0", "0.00")


class Shown:
    """A cell as far as its number is concerned."""

    def __init__(self, value: float, form: str) -> None:
        self.value, self.number_format = value, form


def test_what_is_not_a_number_is_a_text_that_says_so(tmp_path: Path) -> None:
    tables = rows()
    for row in tables["indicator_summary"]:
        if row["indicator_ref"] == "3.3":
            hidden = row["area_code"] == "NORWICH"
            row |= {
                "value_m0": None,
                "text_m0": "[c]" if hidden else "-",
                "rag_status": None,
                "is_suppressed": hidden,
                "availability": "available" if hidden else "no_denominator",
            }
    for row in tables["indicator_values"]:
        if row["indicator_ref"] == "3.3" and row["month_end"] == MONTH:
            hidden = row["area_code"] == "NORWICH"
            row |= {
                "value": None,
                "value_text": "[c]" if hidden else "-",
                "is_suppressed": hidden,
            }

    book = openpyxl.load_workbook(write(tmp_path, tables))

    section = {
        (line["Ref"].value, line["Area"].value): line for line in lines(book["3 Assessments"])
    }
    assert section["3.3", "County"]["Mar 18"].value == "-"
    assert section["3.3", "Norwich"]["Mar 18"].value == "[c]"
    assert section["3.3", "Norwich"]["Mar 18"].data_type == "s"
    assert "no cases to base it on" in section["3.3", "County"]["Why no figure is available"].value
    assert "small" in section["3.3", "Norwich"]["Why no figure is available"].value
    drawn = section["3.3", "County"]
    assert (drawn["Trend: Feb 18"].value, drawn["Trend: Mar 18"].value) == (61.0, None)
    assert section["3.3", "Norwich"]["Trend: Mar 18"].value is None
    missing = [(line["Ref"].value, line["Area"].value) for line in lines(book["Data quality"])]
    assert missing == [("3.3", "County"), ("3.3", "Norwich")]


def sparklines(file: Path, sheet: int) -> dict[str, str]:
    """Return the ranges that the sparklines of a sheet draw, by their cell."""
    text = parts(file, f"xl/worksheets/sheet{sheet}.xml").popitem()[1]
    assert 'displayEmptyCellsAs="gap"' in text
    return {
        line.find(f"{DRAWN}sqref").text: line.find(f"{DRAWN}f").text
        for line in ElementTree.fromstring(text).iter()
        if line.tag.endswith("}sparkline")
    }


@pytest.mark.parametrize(("number", "name"), [(1, "Summary"), (3, "3 Assessments")])
def test_each_row_draws_its_own_thirteen_months(
    file: Path, book: openpyxl.Workbook, number: int, name: str
) -> None:
    sheet = book[name]
    found = sparklines(file, number)

    assert len(found) == len(list(lines(sheet)))
    for place, source in found.items():
        inside, cells = source.split("!")
        assert inside.strip("'") == name
        (drawn,) = sheet[cells]
        assert {cell.row for cell in drawn} == {sheet[place].row}
        ref = next(line["Ref"].value for line in lines(sheet) if line["Ref"].row == drawn[0].row)
        wanted = [50.0 + index for index in range(12)] + [56.25]
        assert [cell.value for cell in drawn] == (
            # 3.3 has a series break in January: a trend does not cross it
            [None] * 10 + wanted[10:] if ref == "3.3" else [10.0 * index for index in range(13)]
        )


def test_colours_follow_words_of_ours(book: openpyxl.Workbook) -> None:
    rules = {
        (str(where.sqref), rule.operator, *rule.formula)
        for where in book["Summary"].conditional_formatting
        for rule in where.rules
    }
    words = {formula for _, _, formula in rules}

    assert {operator for _, operator, _ in rules} == {"equal"}
    assert words == {
        *('"Red ✖"', '"Amber ■"', '"Green ★"'),
        *('"▲ better"', '"▲ better, unrounded"', '"▼ worse"', '"▼ worse, unrounded"'),
    }


def test_every_sheet_can_be_read_filtered_and_printed(book: openpyxl.Workbook) -> None:
    assert book.active.title == "Summary"
    assert book.properties.title == "Vital Signs, March 2018"
    assert book.sheetnames[1] == "Contents"
    for sheet in book:
        headings = [cell.value for cell in sheet[HEADER]]
        assert sheet["A1"].value, sheet.title
        assert all(headings) and len(set(headings)) == len(headings), sheet.title
        assert not sheet.merged_cells.ranges, sheet.title
        assert sheet.sheet_state == "visible", sheet.title
        assert not any(item.hidden for item in sheet.column_dimensions.values()), sheet.title
        assert sheet.auto_filter.ref.startswith("A4:"), sheet.title
        assert int(re.findall(r"\d+", sheet.freeze_panes)[0]) == FIRST, sheet.title
        assert sheet.print_title_rows == "$4:$4", sheet.title
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.page_setup.paperSize in (8, 9), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.fitToHeight == 0, sheet.title
    regions = [name for name in book.defined_names if name.startswith("TitleRegion1.A4.")]
    assert len(regions) == len(book.sheetnames)


def test_the_contents_lead_to_every_sheet(book: openpyxl.Workbook) -> None:
    found = {}
    for line in lines(book["Contents"]):
        cell = line["Sheet"]
        found[cell.value] = cell.hyperlink.location.split("!")[0].strip("'")
    assert found == {name: name for name in book.sheetnames if name != "Contents"}


def test_the_same_data_give_the_same_bytes(file: Path, tmp_path: Path) -> None:
    assert write(tmp_path, rows()).read_bytes() == file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2018-04-10T08:00:00Z" in parts(file, "docProps/core.xml").popitem()[1]


def test_a_warehouse_without_texts_of_people_or_an_extract(tmp_path: Path) -> None:
    tables = rows()
    for name in ("extract", "glossary", "benchmarks"):
        tables[name] = []

    book = openpyxl.load_workbook(write(tmp_path, tables))

    assert "Records" not in book["Summary"]["A2"].value
    assert [line["Term"].value for line in lines(book["Glossary"])] == [None]


def test_a_place_that_cannot_be_written_is_an_error_of_the_system(
    data: ReportData, tmp_path: Path
) -> None:
    with pytest.raises(OSError):
        write_workbook(data, tmp_path / "nowhere" / "scorecard.xlsx")


@pytest.mark.parametrize(
    ("text", "taken", "name"),
    [
        ("3 Assessments", (), "3 Assessments"),
        ("a/b [c]: *d?'\\", (), "a b c d"),
        ("x" * 40, (), "x" * 31),
        ("x" * 40, ("X" * 31,), "x" * 27 + " 2"),
        ("\x01\n", (), "Sheet"),
    ],
)
def test_a_sheet_has_a_name_that_it_may_have(text: str, taken: tuple[str, ...], name: str) -> None:
    assert sheet_name(text, taken) == name
