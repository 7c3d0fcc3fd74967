"""Reports do not mislead: a council's own data stay its own; words, bands and symbols agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from vital_signs.report.charts import Line, Point, chart, sparkline
from vital_signs.report.command import make_report
from vital_signs.report.committee_page import _weakest
from vital_signs.report.council import commentary_folder, is_demonstration, reports_folder
from vital_signs.report.limits import limits_of
from vital_signs.report.pages import Pages

from tests.report.reading import Page
from tests.report.small import MONTH, make_warehouse, month_ends, rows

Tables = dict[str, list[dict[str, Any]]]
DEMONSTRATION_WORDS = "fell for the fifth month"


def of_another_council() -> Tables:
    """Return what is published of an extract that is not the demonstration county's."""
    tables = rows()
    tables["extract"][0] |= {"source_system": "MOSAIC", "is_demonstration": False}
    own = ("target", "red_limit", "green_limit", "rag_status", "national_average")
    for row in tables["indicator_summary"]:
        row |= {column: None for column in row if column.startswith(own)}
    for row in tables["exceptions"]:
        row |= {"rag_status": None, "variance": None, "exception_rules": "b"}
    return tables | {"benchmarks": [], "targets": []}


def county(tmp_path: Path, tables: Tables, **options: Any) -> str:
    warehouse = make_warehouse(tmp_path / "w.duckdb", tables)
    folder = make_report(warehouse, "2018-03", out=tmp_path / "out", **options)
    return (folder / "county.html").read_text(encoding="utf-8")


def written(folder: Path) -> Path:
    """Write a text about assessments and return the folder of all months."""
    text = folder / "2018-03" / "assessments.md"
    text.parent.mkdir(parents=True)
    text.write_text(
        "---\nmonth: 2018-03\nauthor_role: Head\ndate: 2018-04-12\n---\n"
        f"It {DEMONSTRATION_WORDS}.\n",
        encoding="utf-8",
    )
    return folder


def test_texts_of_the_demonstration_county_are_in_its_report_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "project"
    written(home / "commentary")
    monkeypatch.setattr("vital_signs.report.council.PROJECT", home)
    for place in ("own", "other", "named"):
        (tmp_path / place).mkdir()

    assert DEMONSTRATION_WORDS in county(tmp_path / "own", rows())
    other = county(tmp_path / "other", of_another_council())
    assert DEMONSTRATION_WORDS not in other
    assert "2018-03/assessments.md in the folder named with --commentary" in other
    named = county(tmp_path / "named", of_another_council(), commentary=home / "commentary")
    assert DEMONSTRATION_WORDS in named


def test_another_council_has_no_target_colour_or_benchmark_and_is_told_so(tmp_path: Path) -> None:
    text = county(tmp_path, of_another_council())
    page = Page(text)
    cells = {item.attributes["data-c"] for item in page.with_attribute("data-c")}
    tiles = {item.attributes["data-tile"] for item in page.with_attribute("data-tile")}

    assert "No targets are set for this council" in text
    assert not cells & {"target_text", "red_limit", "green_limit", "national_average"}
    assert not page.with_attribute("data-rag-area")
    assert not tiles & {"red", "amber", "green"}
    assert "Red this month" not in text
    spans = {item.attributes.get("colspan") for item in page.all("th")}
    assert "0" not in spans
    committee = (tmp_path / "out" / "2018-03" / "committee.html").read_text(encoding="utf-8")
    assert "No targets are set for this council" in committee


@pytest.mark.parametrize("extract", [{}, {"is_demonstration": None}, {"is_demonstration": False}])
def test_an_extract_that_does_not_say_so_is_not_the_demonstration(extract: dict) -> None:
    assert not is_demonstration(extract)
    assert commentary_folder(extract, None) is None
    assert commentary_folder(extract, Path("mine")) == Path("mine")


def test_two_warehouses_never_share_a_folder_of_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    places = {
        name: reports_folder(Path(name))
        for name in (
            "warehouse.duckdb",
            "mine.duckdb",
            "mine.db",
            "2018-03.duckdb",
            "a/mine.duckdb",
            "b/mine.duckdb",
            "a/warehouse.duckdb",
        )
    }

    assert places["warehouse.duckdb"] == Path("reports")
    assert places["mine.duckdb"] == reports_folder(tmp_path / "mine.duckdb") == Path("reports/mine")
    assert len(set(places.values())) == len(places)
    assert places["2018-03.duckdb"].name not in ("2018-03", "2018-03-public")
    assert all(place.parts[0] == "reports" for place in places.values())


def test_the_report_of_another_warehouse_leaves_the_default_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_warehouse(tmp_path / "warehouse.duckdb", rows())
    make_warehouse(tmp_path / "mine.duckdb", of_another_council())
    texts = tmp_path / "none"
    first = make_report(Path("warehouse.duckdb"), "2018-03", commentary=texts)
    before = (first / "county.html").read_bytes()
    second = make_report(Path("mine.duckdb"), "2018-03")

    assert (first, second) == (Path("reports/2018-03"), Path("reports/mine/2018-03"))
    assert (first / "county.html").read_bytes() == before


def sql_colour(value: float, red: float, green: float, polarity: str) -> str:
    """Return the RAG as section 15 orders it: green, then red, then amber."""
    if value >= green if polarity == "high" else value <= green:
        return "green"
    return "red" if (value < red if polarity == "high" else value > red) else "amber"


@pytest.mark.parametrize(
    ("polarity", "red", "green"),
    [("low", 30, 35), ("low", 25, 20), ("low", 20, 20), ("high", 70, 80), ("high", 85, 80)],
)
def test_band_and_sign_agree_for_every_value(polarity: str, red: float, green: float) -> None:
    limits = limits_of({"polarity": polarity, "red_limit": red, "green_limit": green})

    for tenths in range(100, 1000):
        value = tenths / 10
        assert limits.colour(value) == sql_colour(value, red, green, polarity), value
    # the bands of a chart begin at these two and do not overlap
    assert limits.red >= limits.green if polarity == "low" else limits.red <= limits.green


def test_limits_that_cross_as_printed_are_told_as_they_work(tmp_path: Path) -> None:
    tables = rows()
    for row in tables["indicator_summary"]:
        if row["indicator_ref"] == "3.3":
            row |= {"polarity": "low", "target_value": 35.0, "red_limit": 30.0, "green_limit": 35.0}
    text = county(tmp_path, tables)

    assert "green up to 35.0%, red above 35.0%; no amber" in text
    assert "Red above 30.0" not in text
    assert ">Red above 35.0%<" in text


def test_an_assumed_limit_is_told_beside_its_colour(tmp_path: Path) -> None:
    tables = rows()
    tables["targets"] = [
        {"indicator_ref": "3.3", "valid_from": date(1900, 1, 1), "is_assumed": True},
        {"indicator_ref": "3.1", "valid_from": date(1900, 1, 1), "is_assumed": False},
    ]
    text = county(tmp_path, tables)
    signs = text.count("red limit assumed")
    plain_folder = tmp_path / "plain"
    plain_folder.mkdir()

    # at a glance, in the summary, in T8 is none here, on the card beside the sign and its limits
    assert signs >= 4
    assert "red limit assumed" not in county(plain_folder, rows())


def points(*values: float | None) -> list[Point]:
    days = month_ends()[: len(values)]
    return [Point(day, value, f"{value:g}") for day, value in zip(days, values, strict=True)]


@pytest.mark.parametrize(("place", "stretches"), [(0, 1), (2, 2), (None, 1)])
def test_a_sparkline_stops_before_a_series_break(place: int | None, stretches: int) -> None:
    broken = None if place is None else month_ends()[place]

    assert sparkline(points(1, 2, 3, 4), "x", broken).count("<path") == stretches


def test_the_words_of_a_series_do_not_cross_its_break() -> None:
    series, days = points(90, 95, 10, 20), month_ends()

    assert Pages.series_words(series, days[2]) == (
        "2 months since the series break in May 17: "
        "lowest 10 in May 17, highest 20 in Jun 17, now 20"
    )
    assert Pages.series_words(series, days[0]).startswith("4 months: lowest 10")


def page_of(tables: Tables, tmp_path: Path) -> Page:
    return Page(county(tmp_path, tables))


def test_a_step_over_a_series_break_has_no_arrow_and_says_why(tmp_path: Path) -> None:
    tables = rows()
    for row in tables["indicator_summary"]:
        if row["indicator_ref"] == "3.3":
            row |= {"direction_of_travel": None, "raw_direction": None}
            row |= {"is_step_comparable": False, "is_previous_ytd_comparable": False}
            row["previous_ytd_text"] = "80.0%"
    text = county(tmp_path, tables)

    assert "series break: not compared with last month" in text
    assert "Last year to date (not comparable: series break)" in text
    assert "<small>not comparable</small>" in text


@pytest.mark.parametrize(("before", "is_told"), [("56.3%", True), ("61.0%", False)])
def test_an_arrow_between_equal_texts_says_that_it_is_unrounded(
    tmp_path: Path, before: str, is_told: bool
) -> None:
    tables = rows()
    for row in tables["indicator_summary"]:
        if row["indicator_ref"] == "3.3":
            row["text_m1"] = before
    text = county(tmp_path, tables)

    assert ("worse than last month, on unrounded values" in text) == is_told
    assert ("<small>unrounded</small>" in text) == is_told


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["10.7", "10.7", "10.8", "11.3"], "10.7 · 10.7 · 10.8 · 11.3 (on unrounded values)"),
        (["10.6", "10.7", "10.8", "11.3"], "10.6 · 10.7 · 10.8 · 11.3"),
    ],
)
def test_months_in_a_row_that_look_equal_are_unrounded(texts: list[str], words: str) -> None:
    assert Pages.steps_words(texts) == words


def test_a_locality_that_is_not_recorded_says_so_and_shows_no_nought(tmp_path: Path) -> None:
    tables = rows()
    for row in tables["indicator_summary"]:
        if (row["indicator_ref"], row["area_code"]) == ("3.1", "NORWICH"):
            row |= {f"text_m{index}": "not recorded by locality" for index in range(4)}
            row |= {"value_m0": None, "ytd_text": "not recorded by locality"}
            row |= {"is_not_recorded_by_locality": True}
    # months before the report's may have been published otherwise
    for row in tables["indicator_values"]:
        if (row["indicator_ref"], row["area_code"]) == ("3.1", "NORWICH"):
            row |= {"value": 0.0, "value_text": "0"}
    of_county = county(tmp_path, tables)
    text = (tmp_path / "out" / "2018-03" / "norwich.html").read_text(encoding="utf-8")
    page = Page(text)
    cells = [
        item.text.strip()
        for item in page.with_attribute("data-k")
        if item.attributes["data-k"].startswith("3.1|NORWICH|")
    ]

    assert cells
    assert set(cells) == {"-"}
    assert text.count("not recorded by locality") >= 3
    assert "none of the county&#39;s cases" in text
    assert "not recorded by locality" not in of_county.split('id="localities"')[0]


def test_a_chart_without_recorded_localities_says_so() -> None:
    unrecorded = [Point(MONTH, None, "-", is_unrecorded=True)]

    assert "not recorded by locality" in chart(unrecorded, [], label="x", percent=False)
    assert "not recorded by locality" in sparkline(unrecorded, "x")


def test_a_band_is_drawn_only_where_a_value_has_a_colour() -> None:
    green = Line("Green from 95%", 95, "green")
    both = [green, Line("Red below 80%", 80, "red")]
    options = {"label": "x", "percent": True, "higher_is_better": True}

    assert "band-green" not in chart(points(90, 97), [green], **options)
    assert "band-green" in chart(points(90, 97), both, **options)


@pytest.mark.parametrize(
    ("areas", "equal", "compared", "words"),
    [
        ("South (0 of 5)", 1, 6, ("Weakest locality", "South (0 of 5), 0.0%")),
        (
            "North (0 of 5), South (0 of 3)",
            2,
            6,
            ("Weakest localities, 2 equal", "North (0 of 5), South (0 of 3), 0.0% each"),
        ),
        ("North (0 of 5), South (0 of 3)", 2, 2, ("Weakest locality", "none: both are at 0.0%")),
    ],
)
def test_the_weakest_of_equals_is_not_named_alone(
    areas: str, equal: int, compared: int, words: tuple[str, str]
) -> None:
    card = {"weakest_area_name": "North", "weakest_area_text": "0.0%", "weakest_areas": areas}
    card |= {"weakest_area_count": equal, "compared_area_count": compared}

    assert _weakest(card)[:2] == words
