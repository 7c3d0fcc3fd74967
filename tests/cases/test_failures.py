"""Failures of the quality rules on inputs that council systems write in ways of their own."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.cases.respelling import Respelling
from tests.engine.building import Builder
from tests.quality.cases import Case
from tests.quality.test_rules import all_cases, write_extract

# What these say of a row is about its spelling: ids trimmed or put into capitals, dates that are
# ambiguous in one format and not in the other, rows that repeat another word for word, and which of
# two rows with one id is kept.
ABOUT_SPELLING = {"GEN-03", "GEN-09", "GEN-10", "GEN-11", "PER-02"}


def failures_of_rows(
    warehouse: Path, case_of: dict[tuple[str, int], int]
) -> set[tuple[str, str, str, int]]:
    """Return rule, table, column and row of every failure of a row that belongs to a case."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select rule_id, table_name, column_name, source_row
            from quality.fct_quality_failures
            where source_row is not null
            """
        ).fetchall()
    return {
        failure
        for failure in found
        if (failure[1], failure[3]) in case_of and failure[0] != "GEN-09"
    }


@pytest.mark.slow
def test_rules_find_the_same_however_ids_days_and_merged_records_are_written(
    build: Builder, tmp_path: Path
) -> None:
    cases = [case for case in all_cases() if case.rule not in ABOUT_SPELLING]
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

    assert len(merged) > 100
    assert len(plain) > 300
    assert plain - in_other_words == set()
    assert in_other_words - plain == set()
