"""Every quality rule finds the rows that break it, and none that only come close.

The cases of all subjects (`cases_*.py` beside this file) are landed as one extract and built by the
compiled SQL; each is then compared with what `quality.fct_quality_failures` says of its rows.
"""

from __future__ import annotations

import csv
import importlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from vital_signs.commands import PROJECT
from vital_signs.landing.contract import load_contract

from tests import records
from tests.engine.building import Builder
from tests.quality.cases import Case, common_rows
from tests.quality.doubts import recounted_by_indicator, told_by_indicator
from tests.quality.test_accounting import failures_by_consequence

CATALOGUE = PROJECT / "seeds" / "quality" / "quality_rules.csv"
# These look at a table or an extract as a whole, or compare two (PER-14), so no row of a case can
# break them; test_extract_rules.py tries them out.
NOT_OF_ROWS = ("BAT-", "PER-14", "GEN-17")
PEPS, PLAN_REVIEWS = "ssdx_personal_education_plans", "ssdx_plan_reviews"


@dataclass(frozen=True)
class Failure:
    """One failure of the warehouse: which rule, how severe, and the row by its key."""

    rule: str
    severity: str
    table: str
    key: str


def all_cases() -> list[Case]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("cases_*.py"))
    modules = [importlib.import_module(f"{__package__}.{name}") for name in names]
    return [case for module in modules for case in module.CASES]


def catalogue() -> dict[str, str]:
    """Return the severity of every rule about rows, by rule."""
    with CATALOGUE.open(encoding="utf-8", newline="") as handle:
        return {
            line["rule_id"]: line["severity"]
            for line in csv.DictReader(handle)
            if not line["rule_id"].startswith(NOT_OF_ROWS)
        }


def write_extract(
    folder: Path, cases: list[Case], date_format: str = "YMD"
) -> dict[tuple[str, int], int]:
    """Write the rows of all cases as one extract, which says that its dates are in `date_format`.

    Returns which case a row belongs to (its place in `cases`), by table and number of the row in
    its file; the rows that all cases share belong to none.
    """
    written = [(table, row, None) for table, row in common_rows()] + [
        (table, row, place) for place, case in enumerate(cases) for table, row in case.rows
    ]
    numbers: Counter[str] = Counter()
    case_of: dict[tuple[str, int], int] = {}
    for table, _, place in written:
        numbers[table] += 1
        if place is not None:
            case_of[table, numbers[table]] = place
    tables = records.by_table((table, row) for table, row, _ in written)
    records.write_extract(folder, tables, "cases", date_format=date_format)
    return case_of


def failures_by_case(
    warehouse: Path, case_of: dict[tuple[str, int], int]
) -> dict[int, set[Failure]]:
    """Return what the warehouse says of the rows of each case, by the case's place."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select rule_id, severity, table_name, row_key, source_row
            from quality.fct_quality_failures
            where source_row is not null
            """
        ).fetchall()
    failures: dict[int, set[Failure]] = defaultdict(set)
    for rule, severity, table, key, row in found:
        if (table, row) in case_of:
            failures[case_of[table, row]].add(Failure(rule, severity, table, key))
    return failures


def mistakes(case: Case, failures: set[Failure]) -> list[str]:
    """Return how the failures of a case's rows differ from those it names."""
    found = {(failure.table, failure.key) for failure in failures if failure.rule == case.rule}
    expected = {case.rule} | case.along
    return (
        [f"{table} {key} does not break it" for table, key in sorted(case.fails - found)]
        + [f"{table} {key} breaks it" for table, key in sorted(found - case.fails)]
        + sorted(
            f"{failure.table} {failure.key} breaks {failure.rule} ({failure.severity})"
            for failure in failures
            if failure.severity in ("error", "block") and failure.rule not in expected
        )
        + [
            f"no row breaks {rule} along with it"
            for rule in sorted(case.along - {failure.rule for failure in failures})
        ]
    )


def test_every_rule_about_rows_has_cases_on_both_sides() -> None:
    failing, looked_at = defaultdict(int), defaultdict(int)
    for case in all_cases():
        tables = {table for table, _ in case.fails}
        failing[case.rule] += len(case.fails)
        looked_at[case.rule] += sum(table in tables for table, _ in case.rows)
    rules = catalogue()

    assert len(rules) > 30
    assert set(failing) <= set(rules), "cases of rules that the catalogue does not have"
    assert [rule for rule in rules if not failing[rule]] == []
    assert [rule for rule in rules if looked_at[rule] <= failing[rule]] == []


def test_no_row_belongs_to_two_cases() -> None:
    keys = {table.name: table.key[0][0] for table in load_contract() if len(table.key) == 1}
    cases_of_id: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, case in enumerate(all_cases()):
        for table, row in case.rows:
            if table in keys and row.get(keys[table], "").strip():
                cases_of_id[table, row[keys[table]].strip().upper()].add(place)

    assert cases_of_id
    assert {name for name, places in cases_of_id.items() if len(places) > 1} == set()


@pytest.fixture(scope="module")
def cases_built(
    build: Builder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[tuple[str, int], int]]:
    """Return the warehouse of all cases, and which case a row belongs to."""
    folder = tmp_path_factory.mktemp("cases")
    extract = folder / "extract"
    extract.mkdir()
    case_of = write_extract(extract, all_cases())
    return build(extract, folder / "cases.duckdb"), case_of


@pytest.mark.slow
def test_rules_find_the_rows_that_break_them_and_no_others(
    cases_built: tuple[Path, dict[tuple[str, int], int]],
) -> None:
    cases = all_cases()
    failures = failures_by_case(*cases_built)

    assert cases
    assert {
        f"{case.rule} (case {place})": wrong
        for place, case in enumerate(cases)
        if (wrong := mistakes(case, failures[place]))
    } == {}


@pytest.mark.slow
def test_indicators_say_on_how_many_doubtful_cases_they_stand(
    cases_built: tuple[Path, dict[tuple[str, int], int]],
) -> None:
    with duckdb.connect(str(cases_built[0]), read_only=True) as connection:
        told = told_by_indicator(connection)
        recounted = recounted_by_indicator(connection)

    assert told.keys() == recounted.keys()
    assert {ref: count for ref, count in told.items() if count != recounted[ref]} == {}
    assert sum(1 for doubts in told.values() if doubts.doubtful_cases) > 30
    assert sum(1 for doubts in told.values() if 0 < doubts.undecided < doubts.cases) > 5
    assert len({rule for doubts in told.values() for rule in doubts.rules}) > 30


@pytest.mark.slow
def test_failures_say_of_their_rows_what_the_accounting_says(
    cases_built: tuple[Path, dict[tuple[str, int], int]],
) -> None:
    with duckdb.connect(str(cases_built[0]), read_only=True) as connection:
        said = failures_by_consequence(connection)
        accounts = connection.execute(
            """
            select table_name, rows_used, rows_quarantined, rows_duplicate
            from quality.row_accounting
            """
        ).fetchall()
        failing = connection.execute(
            """
            select rule_id, table_name, column_name, consequence
            from quality.fct_quality_failures
            where source_row is not null
            """
        ).fetchall()
        summary = connection.execute(
            """
            select quality_rule, table_name, treatment
            from published.quality_summary
            where quality_rule in ('GEN-02', 'LCP-01')
            """
        ).fetchall()

    assert {rule for rule, *_ in failing} >= set(catalogue())
    for table, used, quarantined, dropped in accounts:
        assert len(said[table]["used"]) <= used, table
        assert len(said[table]["quarantined"]) == quarantined, table
        assert len(said[table]["dropped"]) == dropped, table
        assert not said[table]["used"] & said[table]["quarantined"], table
    # the meeting's date does not decide whether an education plan counts, and a review before its
    # plan is a review all the same
    assert {failure[3] for failure in failing if failure[:2] == ("GEN-02", PEPS)} == {
        "field_left_out"
    }
    assert {failure[3] for failure in failing if failure[:2] == ("LCP-01", PLAN_REVIEWS)} == {
        "kept"
    }
    assert set(summary) >= {
        ("GEN-02", PEPS, "field_left_out"),
        ("GEN-02", "ssd_contacts", "quarantined"),
        ("LCP-01", PLAN_REVIEWS, "kept"),
        ("LCP-01", "ssd_cla_care_plan", "quarantined"),
    }
