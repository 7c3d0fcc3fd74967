"""The reconciliation command: shares, sections, the page it writes, and how it fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from vital_signs import reconcile
from vital_signs.errors import FailedError, UserError
from vital_signs.reconcile import Difference, Reconciliation, SummaryRow

SECTIONS = ["1", "2", "3", "10", "C"]


def row(comparison: str = "figure", section: str = "2", **counts: int) -> SummaryRow:
    given = dict.fromkeys(reconcile.COUNTS, 0) | counts
    order = {"1": 1, "2": 11, "3": 22, "10": 93, "C": 108}[section]
    area = "county"
    return SummaryRow(comparison, section, area, "sure", order, **given)


def difference(what: str, reason: str | None = None, computed: str | None = "9") -> Difference:
    status = "not_computed" if computed is None else "differs"
    return Difference(
        "figure", "2", what, date(2018, 3, 31), "COUNTY", "10", computed, status, reason, "sure"
    )


@pytest.fixture
def found() -> Reconciliation:
    return Reconciliation(
        extract_id="demo",
        source_system="SYNTHETIC",
        summary=[
            row(printed=8, equal=7, differs_unexplained=1),
            row(section="3", printed=2, equal=1, differs_explained=1),
            row("contacts_by_source", printed=90, equal=90),
            row("rag", section="3", printed=4, equal=1, differs_unexplained=3),
        ],
        differences=[difference("2.5"), difference("2.7", "a | b"), difference("2.8", None, None)],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2-3", ["2", "3"]),
        ("2-10", ["2", "3", "10"]),
        ("c, 1", ["1", "C"]),
        ("10,2-3,2", ["2", "3", "10"]),
    ],
)
def test_sections_are_ranges_and_names_in_the_reports_order(text: str, expected: list[str]) -> None:
    assert reconcile.sections_of(text, SECTIONS) == expected


@pytest.mark.parametrize("text", ["4", "4-9", "2-", "2-3,X"])
def test_a_section_that_is_not_there_is_an_error(text: str) -> None:
    with pytest.raises(UserError, match="not a section of the report"):
        reconcile.sections_of(text, SECTIONS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(97.0, "97.0 %"), (96.999, "96.9 %"), (100 * 679 / 700, "97.0 %"), (None, "-")],
)
def test_a_share_is_never_rounded_up(value: float | None, expected: str) -> None:
    assert reconcile.percent(value) == expected


def test_signs_are_not_among_the_numbers(found: Reconciliation) -> None:
    line = reconcile.check_share(found, 98, ["2", "3"])
    assert "98 of 100 printed figures" in line


def test_the_share_is_that_of_the_sections_asked_for(found: Reconciliation) -> None:
    assert "97 of 98" in reconcile.check_share(found, 98.9, ["2"])
    with pytest.raises(FailedError, match=r"1 of 2 printed figures are reproduced, 50\.0 %: below"):
        reconcile.check_share(found, 51, ["3"])


def test_a_section_without_numbers_fails(found: Reconciliation) -> None:
    with pytest.raises(FailedError, match="0 of 0"):
        reconcile.check_share(found, 0, ["C"])


def test_the_page_has_each_difference_once_and_where_it_belongs(found: Reconciliation) -> None:
    page = reconcile.page(found)
    unexplained, explained = page.split("## Explained")
    assert "Of 100 printed figures, 98 are reproduced (98.0 %)" in page
    assert "| 2 | county | 98 | 97 | 0 | 1 | 0 | 98.9 % |" in page
    assert "| 2.5 | 2018-03 | COUNTY | 10 | 9 | sure |" in unexplained
    assert "| 2.8 | 2018-03 | COUNTY | 10 | - | sure |" in unexplained
    assert "| 2.7 | 2018-03 | COUNTY | 10 | 9 | a \\| b |" in explained
    assert page.count("| 2.7 |") == 1


def test_a_warehouse_without_the_comparison_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "bare.duckdb"
    duckdb.connect(str(warehouse)).close()
    assert reconcile.main(["--warehouse", str(warehouse)]) == 2
    assert reconcile.main(["--warehouse", str(tmp_path / "none.duckdb")]) == 2
    bare, missing = capsys.readouterr().err.splitlines()
    assert "bare.duckdb): run vital-signs build first" in bare
    assert "none.duckdb): build it first" in missing


def _warehouse(path: Path, displayed: float) -> Path:
    status = "equal" if displayed == 56.0 else "differs"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema reconciliation; create schema staging")
        connection.execute(
            "create view staging.stg_landing__extract_in_force as"
            " select 'one' as extract_id, 'MOSAIC' as source_system"
        )
        connection.execute(
            "create view reconciliation.printed_comparison as select '3.3' as indicator_ref,"
            " 'ytd' as measure, date '2018-03-31' as month_end, 'COUNTY' as area_code,"
            " '3' as section_code, 1 as decimal_places_printed, 56.0::double as printed_value,"
            f" {displayed}::double as displayed_value, '{status}' as status,"
            " null::varchar as reason, 'sure' as certainty"
        )
        for name, columns in {
            "printed_contacts_comparison": "'POLICE' as source_group,"
            " 'share_of_contacts' as quantity, 1 as decimal_places_printed,"
            " 49.0::double as printed_value, 49.0::double as displayed_value",
            "printed_residential_comparison": "'K1' as placement_type_code, 12 as age,"
            " 0 as printed_children, 0 as computed_children",
            "printed_signs_comparison": "'rag' as sign_type, '3' as section_code,"
            " '3.3' as indicator_ref, 'COUNTY' as area_code, 'red' as printed_sign,"
            " 'red' as computed_sign, null::varchar as reason, 'sure' as certainty",
        }.items():
            connection.execute(
                f"create view reconciliation.{name} as"
                f" select date '2018-03-31' as month_end, 'equal' as status, {columns}"
            )
        connection.execute(
            "create view reconciliation.reconciliation_summary as select 'figure' as comparison,"
            " '3' as section_code, 'county' as area_type, 'sure' as certainty,"
            " 22 as section_order, 1 as printed,"
            f" {int(status == 'equal')} as equal, 0 as differs_explained,"
            f" {int(status != 'equal')} as differs_unexplained, 0 as not_computed"
        )
    return path


def test_an_extract_without_a_printed_report_is_not_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = _warehouse(tmp_path / "other.duckdb", 56.0)
    with duckdb.connect(str(other)) as connection:
        connection.execute(
            "create or replace view reconciliation.reconciliation_summary as"
            " select * from (select 'figure' as comparison, '3' as section_code,"
            " 'county' as area_type, 'sure' as certainty, 22 as section_order, 1 as printed,"
            " 1 as equal, 0 as differs_explained, 0 as differs_unexplained, 0 as not_computed)"
            " where false"
        )
    assert reconcile.main(["--warehouse", str(other)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "extract one (MOSAIC) has no printed report to compare with" in error


def test_the_command_reads_a_warehouse_and_passes_or_fails_by_the_share(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--fail-under", "97", "--sections", "3"]
    good = _warehouse(tmp_path / "good.duckdb", 56.0)
    assert reconcile.main(["--warehouse", str(good), *asked]) == 0
    printed = capsys.readouterr().out
    assert "1 of 1 printed figures are reproduced, 100.0 %" in printed
    assert "without an explanation" not in printed

    bad = _warehouse(tmp_path / "bad.duckdb", 55.9)
    assert reconcile.main(["--warehouse", str(bad), *asked]) == 1
    output = capsys.readouterr()
    assert "3.3 year to date  2018-03  COUNTY" in output.out
    assert "below 97 %" in output.err


def test_the_page_is_written_where_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "docs" / "page.md"
    monkeypatch.setattr(reconcile, "PROJECT", tmp_path)
    monkeypatch.setattr(reconcile, "PAGE", page)
    warehouse = _warehouse(tmp_path / "one.duckdb", 56.0)
    assert reconcile.main(["--warehouse", str(warehouse), "--write"]) == 0
    assert page.read_text(encoding="utf-8").startswith("# The printed report against")
