"""Every number on the demonstration county's pages, read back from the HTML.

The expected texts are made here from the published figures, by separate exact arithmetic, and not
by the code that makes the pages.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from vital_signs.report.command import make_report
from vital_signs.report.tables import NOT_RECORDED

from tests.report.reading import Element, Page, around

WAREHOUSE = os.environ.get("VITAL_SIGNS_DEMO_WAREHOUSE", "")
MONTH = date(2018, 3, 31)
AREAS = ("COUNTY", "BRECKLAND", "NORTH", "NORWICH", "SOUTH", "WEST", "YARMOUTH")
COUNTY_SECONDS, SET_SECONDS = 5.0, 20.0
COUNTY_BYTES = 3_000_000
# A double carries about fifteen digits; what lies beyond the ninth decimal is noise.
NOISE = 10**9

pytestmark = pytest.mark.skipif(
    not WAREHOUSE, reason="needs the demonstration warehouse: `make test-end-to-end` builds it"
)

Row = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_report(Path(WAREHOUSE), "2018-03", out=tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    return {file.stem: Page(file.read_text(encoding="utf-8")) for file in folder.glob("*.html")}


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(WAREHOUSE, read_only=True) as connection:
        yield connection


def table(
    warehouse: duckdb.DuckDBPyConnection, name: str, keys: tuple[str, ...], where: str = "true"
) -> dict[tuple, Row]:
    """Return the rows of a published table of the internal edition by their key."""
    has_edition = warehouse.execute(
        "select count(*) from information_schema.columns where table_schema = 'published'"
        " and table_name = ? and column_name = 'edition'",
        [name],
    ).fetchone()[0]
    edition = "edition = 'internal'" if has_edition else "true"
    found = warehouse.execute(f"select * from published.{name} where {edition} and {where}")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    by_key = {tuple(row[key] for key in keys): row for row in rows}
    assert len(by_key) == len(rows)
    return by_key


def shown(value: float | None, places: int, percent: bool) -> str:
    """Return a number as section 12 of the specification rounds it: half up, away from zero."""
    if value is None:
        return "-"
    exact = Fraction(round(value * NOISE), NOISE)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if exact < 0 and whole else ""
    digits = f"{whole // 10**places:,}"
    if places:
        digits += f".{whole % 10**places:0{places}d}"
    return f"{sign}{digits}{'%' if percent else ''}"


def of_indicator(row: Row, column: str) -> str:
    return shown(row[column], row["decimal_places"], row["unit"] == "percent")


def not_recorded(warehouse: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Return the refs and areas that say "not recorded by locality" instead of a number."""
    found = warehouse.execute(
        """
        select indicator_ref, area_code from published.indicator_summary
        where edition = 'internal' and month_end = ? and is_not_recorded_by_locality
        """,
        [MONTH],
    ).fetchall()
    assert {("8.1", "SOUTH"), ("8.4", "NORWICH"), ("11.5", "WEST")} <= set(found)
    return set(found)


def rows_of(page: Page) -> Iterator[tuple[str, dict[str, Element], dict[str, Element]]]:
    """Yield each row of the summary: its ref, its cells by column, its RAG cells by area."""
    cells: dict[str, tuple[dict[str, Element], dict[str, Element]]] = {}
    for cell in page.all("td"):
        if not any(item.attributes.get("id") == "summary-table" for item in cell.inside):
            continue
        if "data-c" in cell.attributes:
            ref = around(cell, "data-ref")
            cells.setdefault(ref, ({}, {}))[0][cell.attributes["data-c"]] = cell
        elif "data-rag-area" in cell.attributes:
            ref = around(cell, "data-ref")
            cells.setdefault(ref, ({}, {}))[1][cell.attributes["data-rag-area"]] = cell
    for ref, (numbers, rags) in cells.items():
        yield ref, numbers, rags


@pytest.mark.parametrize("area", AREAS)
def test_the_summary_is_the_published_one(
    pages: dict[str, Page], warehouse: duckdb.DuckDBPyConnection, area: str
) -> None:
    published = table(
        warehouse,
        "indicator_summary",
        ("indicator_ref", "area_code"),
        f"month_end = '{MONTH}' and is_in_report",
    )
    expected = {ref for ref, code in published if code == area}
    numbers_read = 0
    seen = set()
    for ref, cells, rags in rows_of(pages[area.lower()]):
        row = published[ref, area]
        seen.add(ref)
        for column, cell in cells.items():
            text = cell.text.strip()
            if column == "direction":
                words = row["direction_of_travel"] or {"same": "level"}.get(
                    row["raw_direction"], row["raw_direction"]
                )
                assert cell.attributes["data-v"] == (words or ""), (ref, column)
            elif column == "target_text":
                assert text == (row["target_text"] or "-"), (ref, column)
            elif column == "county_value":
                assert text == of_indicator(published[ref, "COUNTY"], "value_m0"), ref
            elif column.endswith("ytd_value"):
                wanted = of_indicator(row, column) if row["ytd_is_shown"] else "-"
                assert text == wanted, (ref, column)
            elif column == "red_limit" and row["polarity"] == "low" and row[column] is not None:
                # section 15: green is asked first, so red begins where green ends (6.5)
                red = {"red_limit": max(row["red_limit"], row["green_limit"])}
                assert text == of_indicator(row | red, column), ref
            else:
                assert text == of_indicator(row, column), (ref, column)
            numbers_read += 1
        assert set(rags) == set(AREAS)
        for code, cell in rags.items():
            status = published.get((ref, code), {}).get("rag_status")
            assert cell.attributes["data-v"] == (status or ""), (ref, code)
    assert seen == expected
    assert numbers_read > 13 * len(expected)


DETAIL_KEYS = {
    "detail_contacts_by_source": "source_group",
    "detail_assessment_outcomes": "outcome_group",
    "detail_s47_outcomes": "outcome_group",
    "detail_placement_types": "placement_group",
    "detail_care_leaver_categories": "category_code",
    "detail_caseloads": "team_type_code",
}


def cells_of(page: Page) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each keyed cell of a table: the published table, its key, the text."""
    for cell in page.with_attribute("data-k"):
        yield (
            around(cell, "data-table"),
            tuple(cell.attributes["data-k"].split("|")),
            cell.text.strip(),
        )


@pytest.mark.parametrize("area", AREAS)
def test_the_series_and_the_detail_tables_are_the_published_ones(
    pages: dict[str, Page], warehouse: duckdb.DuckDBPyConnection, area: str
) -> None:
    values = table(warehouse, "indicator_values", ("indicator_ref", "area_code", "month_end"))
    facts = {
        row["indicator_ref"]: row
        for row in table(warehouse, "indicators", ("indicator_ref",)).values()
    }
    localities = table(
        warehouse, "detail_localities", ("indicator_ref", "area_code"), f"month_end = '{MONTH}'"
    )
    details = {
        name: table(
            warehouse,
            name,
            (key, "month_end")
            if name == "detail_contacts_by_source"
            else (key, "area_code", "month_end"),
        )
        for name, key in DETAIL_KEYS.items()
    }
    ages = table(
        warehouse, "detail_residential_by_age", ("placement_type_code", "age_label", "month_end")
    )
    quality = {
        "quality_by_indicator": table(
            warehouse, "quality_by_indicator", ("indicator_ref", "area_code")
        ),
        "quality_summary": table(warehouse, "quality_summary", ("quality_rule", "table_name")),
    }
    unrecorded = not_recorded(warehouse)
    read: dict[str, int] = {}
    for name, key, text in cells_of(pages[area.lower()]):
        read[name] = read.get(name, 0) + 1
        if name == "indicator_values":
            ref, code, month, _ = key
            assert code == area
            row = values[ref, code, date.fromisoformat(month)]
            assert text == of_indicator(row | facts[ref], "value"), key
        elif name == "detail_localities":
            ref, code, column = key
            row = localities.get((ref, code))
            if column == "not_allocated_count":
                assert text == shown(row[column], 0, False), key
            elif (ref, code) in unrecorded:
                assert text == NOT_RECORDED, key
            else:
                assert text == (of_indicator(row | facts[ref], "value") if row else "-"), key
        elif name == "detail_residential_by_age":
            code, label, month, column = key
            assert text == shown(ages[code, label, date.fromisoformat(month)][column], 0, False)
        elif name in details:
            code, place, month, column = key
            day = date.fromisoformat(month)
            row = details[name].get(
                (code, day) if name == "detail_contacts_by_source" else (code, place, day)
            )
            percent = column.startswith(("percent", "share"))
            value = row[column] if row else None
            ref = {"CWD": "11.5", "NIPE": "11.6"}.get(code)
            ref = "8.1" if name == "detail_care_leaver_categories" else ref
            if text == "-" and (ref, place) in unrecorded:
                assert not value, "only a 0 or nothing is left out"
                continue
            assert text == shown(value, 1 if percent else 0, percent), (name, key)
        elif name in quality:
            assert text == shown(quality[name][key[:2]][key[2]], 0, False), (name, key)
        elif name != "reconciliation":
            pytest.fail(f"a table that no test reads: {name}")
    assert read["quality_by_indicator"]
    assert read["indicator_values"] == 13 * sum(1 for _ in rows_of(pages[area.lower()]))
    assert set(DETAIL_KEYS) - {"detail_contacts_by_source"} <= set(read)
    if area == "COUNTY":
        assert {
            "detail_contacts_by_source",
            "detail_residential_by_age",
            "detail_localities",
            "quality_summary",
        } <= (set(read))


def test_the_committees_tables_are_the_published_ones(
    pages: dict[str, Page], warehouse: duckdb.DuckDBPyConnection
) -> None:
    facts = table(warehouse, "indicators", ("indicator_ref",))
    dashboard = table(
        warehouse,
        "vital_sign_months",
        ("vital_sign_code", "area_code", "shown_month_end"),
        f"month_end = '{MONTH}'",
    )
    exceptions = table(
        warehouse, "exceptions", ("indicator_ref", "area_code"), f"month_end = '{MONTH}'"
    )
    education = table(
        warehouse, "education", ("education_table", "measure_name", "pupil_group", "period")
    )
    unrecorded = not_recorded(warehouse)
    seen: dict[str, set] = {}
    for name, key, text in cells_of(pages["committee"]):
        seen.setdefault(name, set()).add(key[:2])
        if name == "vital_sign_months":
            row = dashboard.get((key[0], key[1], date.fromisoformat(key[2])))
            if row is None:
                assert text == "-", key
            elif (row["indicator_ref"], key[1]) in unrecorded:
                assert text == NOT_RECORDED, key
            else:
                assert text == of_indicator(row | facts[row["indicator_ref"],], "value"), key
        elif name == "exceptions":
            row = exceptions[key[0], key[1]]
            column = key[2]
            if column.startswith("value"):
                assert text == of_indicator(row, column), key
            elif column == "variance":
                over = row["variance"] is not None and row["variance"] > 0
                assert text == (shown(100 * row["variance"], 1, True) if over else "-"), key
            elif column == "direction_of_travel":
                words = {"improved": "better", "worsened": "worse", None: "-"}
                assert text.startswith(words.get(row[column], "no change")), key
            else:
                assert text == (row[column] or "-"), key
        elif name == "education":
            row = education[key[:4]]
            value = row[f"{key[4]}_value"]
            if value is None:
                assert text == (row[f"{key[4]}_text"] or "-"), key
            else:
                assert Fraction(text.rstrip("%").replace(",", "")) == Fraction(value), key
        else:
            pytest.fail(f"a table that no test reads: {name}")
    assert seen["exceptions"] == set(exceptions)
    assert {(code, area) for code, area, _ in dashboard} <= seen["vital_sign_months"]


@pytest.mark.parametrize("name", ["county", "norwich", "committee"])
def test_the_cards_say_what_is_published(
    pages: dict[str, Page], warehouse: duckdb.DuckDBPyConnection, name: str
) -> None:
    area = "COUNTY" if name == "committee" else name.upper()
    summary = table(
        warehouse, "indicator_summary", ("indicator_ref", "area_code"), f"month_end = '{MONTH}'"
    )
    of_committee = {
        row["indicator_ref"]: row
        for row in table(
            warehouse, "report_cards", ("vital_sign_code",), f"month_end = '{MONTH}'"
        ).values()
    }
    read = 0
    for item in pages[name].elements:
        ref = next(
            (
                other.attributes["data-card"]
                for other in item.inside
                if "data-card" in other.attributes
            ),
            None,
        )
        if ref is None:
            continue
        row, text, column = summary[ref, area], item.text.strip(), item.attributes.get("data-c")
        if item.tag == "text" and item.attributes.get("class") == "now":
            column = "value_m0"
        if column is None:
            continue
        read += 1
        card = of_committee.get(ref, {})
        if column == "county_value":
            assert text == of_indicator(summary[ref, "COUNTY"], "value_m0"), ref
        elif column in ("target_text", "exception_rules"):
            wanted = {**row, **card}[column] if name == "committee" else row[column]
            assert text.split(":")[0] == wanted, (ref, column)
        elif column == "goal_value":
            assert text.split()[0] == of_indicator(card, column), ref
        elif column == "weakest_area_value":
            value = of_indicator(card, column)
            if card["weakest_area_count"] == 1:
                counted = (
                    f"{card[f'weakest_area_{part}']:,.0f}" for part in ("numerator", "denominator")
                )
                wanted = f"{card['weakest_area_name']} ({' of '.join(counted)}), {value}"
                assert text == wanted, ref
            else:
                assert card["weakest_area_name"] in text, ref
                assert text.count(" of ") == card["weakest_area_count"], ref
                assert text.endswith(f", {value} each"), ref
        else:
            source = card if column == "value_12_months_ago" else row
            assert text == of_indicator(source, column), (ref, column)
    assert read > 3 * (len(of_committee) if name == "committee" else 80)


def test_the_tiles_count_the_signs(
    pages: dict[str, Page], warehouse: duckdb.DuckDBPyConnection
) -> None:
    for area in AREAS:
        tiles = {
            item.attributes["data-tile"]: int(item.text)
            for item in pages[area.lower()].with_attribute("data-tile")
        }
        expected = warehouse.execute(
            """
            select
                count(*) filter (where rag_status = 'red'),
                count(*) filter (where rag_status = 'amber'),
                count(*) filter (where rag_status = 'green'),
                count(*) filter (where direction_of_travel = 'improved'),
                count(*) filter (where direction_of_travel = 'worsened'),
                count(*) filter (where value_m0 is null)
            from published.indicator_summary
            where edition = 'internal' and is_in_report and month_end = ? and area_code = ?
            """,
            [MONTH, area],
        ).fetchone()
        assert tuple(tiles.values()) == expected, area


def test_march_2018_is_as_printed_but_for_what_reconciliation_explains(
    pages: dict[str, Page], warehouse: duckdb.DuckDBPyConnection
) -> None:
    columns = {"value": "value_m0", "ytd": "ytd_value", "previous_ytd": "previous_ytd_value"}
    summary = {ref: cells for ref, cells, _ in rows_of(pages["county"])}
    explained = {
        key
        for key, row in table(
            warehouse,
            "reconciliation",
            ("indicator_ref", "measure", "area_code"),
            f"month_end = '{MONTH}' and status <> 'equal'",
        ).items()
        if row["reason"]
    }
    printed = warehouse.execute(
        """
        select indicator_ref, measure, printed_value, decimal_places_printed, certainty
        from reference.printed_figures
        where area_code = 'COUNTY' and month_end = ?
        """,
        [MONTH],
    ).fetchall()
    compared, differing = 0, set()
    for ref, measure, value, places, _ in printed:
        if measure not in columns or ref not in summary:
            continue
        text = summary[ref][columns[measure]].text.strip()
        if text == "-":
            continue
        compared += 1
        if text.rstrip("%") != shown(value, places, False):
            differing.add((ref, measure, "COUNTY"))
    assert compared > 120
    assert differing <= explained
    assert 0 < len(differing) < 10


def test_the_signs_of_march_2018_are_as_printed(
    pages: dict[str, Page], warehouse: duckdb.DuckDBPyConnection
) -> None:
    summary = {ref: (cells, rags) for ref, cells, rags in rows_of(pages["county"])}
    unexplained = []
    signs = warehouse.execute(
        """
        select indicator_ref, area_code, sign_type, printed_sign
        from reconciliation.printed_signs_comparison
        where month_end = ? and reason is null
        """,
        [MONTH],
    ).fetchall()
    for ref, area, kind, printed in signs:
        cells, rags = summary[ref]
        found = (rags[area] if kind == "rag" else cells["direction"]).attributes["data-v"]
        if found != printed:
            unexplained.append((ref, area, kind, printed, found))
    assert signs
    assert unexplained == []


def test_the_pages_are_made_in_time_and_are_small_enough_to_send(folder: Path) -> None:
    def timed(**options: Any) -> float:
        started = time.monotonic()
        make_report(Path(WAREHOUSE), "2018-03", out=folder.parent, **options)
        return time.monotonic() - started

    county, everything = timed(areas=["COUNTY"]), timed()
    size = (folder / "county.html").stat().st_size
    print(f"county {county:.1f} s, {size / 1e6:.1f} MB; the set {everything:.1f} s")
    assert county <= COUNTY_SECONDS
    assert everything <= SET_SECONDS
    assert size <= COUNTY_BYTES


def test_the_same_warehouse_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = make_report(Path(WAREHOUSE), "2018-03", out=tmp_path)

    for file in folder.iterdir():
        if file.suffix == ".html":
            assert file.read_bytes() == (again / file.name).read_bytes(), file.name


def test_every_link_of_every_page_leads_somewhere(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        places = {item.attributes["id"] for item in page.with_attribute("id")}
        links = {item.attributes["href"].lstrip("#") for item in page.with_attribute("href")}
        assert links <= places, name


def test_no_id_of_a_person_or_a_worker_is_in_a_page(
    folder: Path, warehouse: duckdb.DuckDBPyConnection
) -> None:
    ids = warehouse.execute(
        """
        select distinct person_id from indicators.fct_indicator_cases where person_id is not null
        union
        select distinct worker_id from indicators.fct_indicator_cases where worker_id is not null
        """
    ).fetchall()
    words = set()
    for file in folder.glob("*.html"):
        words |= set(file.read_text(encoding="utf-8").replace("<", " ").replace(">", " ").split())
    assert not [identity for (identity,) in ids if not identity.isdigit() and identity in words]


@pytest.mark.parametrize("area", ["COUNTY", "NORWICH"])
def test_the_public_edition_shows_what_is_published_and_hides_what_is_not(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, area: str
) -> None:
    folder = make_report(Path(WAREHOUSE), "2018-03", audience="public", areas=[area], out=tmp_path)
    page = Page((folder / f"{area.lower()}.html").read_text(encoding="utf-8"))
    found = warehouse.execute(
        """
        select indicator_ref, text_m3, text_m2, text_m1, text_m0, rag_status
        from published.indicator_summary
        where edition = 'public' and is_in_report and month_end = ? and area_code = ?
        """,
        [MONTH, area],
    )
    published = {
        ref: tuple("-" if text == NOT_RECORDED else text for text in rest)
        for ref, *rest in found.fetchall()
    }
    shown_rows = {
        ref: (
            *(cells[f"value_{name}"].text.strip() for name in ("m3", "m2", "m1", "m0")),
            rags[area].attributes["data-v"] or None,
        )
        for ref, cells, rags in rows_of(page)
    }
    assert shown_rows == published

    hidden = {
        (ref, code, month.isoformat())
        for ref, code, month in warehouse.execute(
            """
            select indicator_ref, area_code, month_end from published.indicator_values
            where edition = 'public' and is_suppressed and value is null
            """
        ).fetchall()
    }
    told = [
        (key, text)
        for name, key, text in cells_of(page)
        if name == "indicator_values" and key[:3] in hidden
    ]
    assert told
    assert {text for _, text in told} <= {"[c]", "-"}
