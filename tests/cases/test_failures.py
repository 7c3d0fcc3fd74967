"""Failures of the quality rules on input that case systems write in their own ways.

Rules about two rows for one child use what staging made of the row (G71), and links to a
referral are followed over several steps (G72).
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from vital_signs.landing.contract import load_contract

from tests.cases import linked_activities, merged_people, same_event_twice
from tests.cases.respelling import Respelling
from tests.engine.building import Builder
from tests.quality.cases import Case
from tests.quality.test_rules import all_cases, failures_by_case, write_extract

CASES: list[Case] = [*same_event_twice.CASES, *merged_people.CASES, *linked_activities.CASES]
# What these say of a row is about its spelling: ids trimmed or put into capitals, dates that are
# ambiguous in one format and not in the other, rows that repeat another word for word, and which of
# two rows with one id is kept.
ABOUT_SPELLING = {"GEN-03", "GEN-09", "GEN-10", "GEN-11", "PER-02"}


def test_every_table_of_events_has_rows_that_say_the_same_twice() -> None:
    # where the person and the day are not part of the row's own key
    tables = {
        table.name
        for table in load_contract()
        if any("ssd_person" in column.references for column in table.details)
        and len(table.key) == 1
    }

    assert tables - {"ssd_person"} == set(same_event_twice.TABLES)


@pytest.fixture(scope="module")
def build(build: Builder) -> Builder:
    return build.up_to("quality")


@pytest.mark.slow
def test_merged_records_times_of_day_and_links_over_two_steps_are_followed(
    build: Builder, tmp_path: Path
) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    case_of = write_extract(extract, CASES)
    failures = failures_by_case(build(extract, tmp_path / "warehouse.duckdb"), case_of)

    found = [
        {(failure.table, failure.key) for failure in failures[place] if failure.rule == case.rule}
        for place, case in enumerate(CASES)
    ]
    assert len(CASES) > 60
    assert [
        (case.rule, sorted(case.fails ^ rows))
        for case, rows in zip(CASES, found, strict=True)
        if rows != case.fails
    ] == []


def failures_of_rows(
    warehouse: Path, case_of: dict[tuple[str, int], int]
) -> set[tuple[str, str, str, int]]:
    """Return rule, table, column and row of every failure of a row that belongs to a case."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select rule_id, table_name, column_name, source_row
            from quality.fct_quality_failures
            where source_row is not null and rule_id <> 'GEN-09'
            """
        ).fetchall()
    return {failure for failure in found if (failure[1], failure[3]) in case_of}


@pytest.mark.slow
def test_rules_find_the_same_however_ids_days_and_merged_records_are_written(
    build: Builder, tmp_path: Path
) -> None:
    everything = [*all_cases(), *merged_people.CASES, *linked_activities.CASES]
    cases = [case for case in everything if case.rule not in ABOUT_SPELLING]
    respelling = Respelling(
        row["pers_person_id"] for case in cases for table, row in case.rows if table == "ssd_person"
    )
    respelled = [respelling.case(case) for case in cases]
    merged = [row for rows in respelling.merged.values() for row in rows]
    found = []
    for name, written, date_format in (
        ("plain", cases, "YMD"),
        ("respelled", [*respelled, Case("", tuple(merged), frozenset())], "DMY"),
    ):
        extract = tmp_path / name
        extract.mkdir()
        case_of = write_extract(extract, written, date_format)
        case_of = {row: place for row, place in case_of.items() if place < len(cases)}
        found.append(failures_of_rows(build(extract, tmp_path / f"{name}.duckdb"), case_of))
    plain, in_other_words = found

    assert len(merged) > 500
    assert len(plain) > 1500
    assert plain - in_other_words == set()
    assert in_other_words - plain == set()
