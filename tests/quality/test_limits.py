"""Limits that a council or the law may change: rules and their texts take them from one place."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.engine.building import Builder
from tests.quality.test_rules import all_cases, write_extract

# Other limits than those in force, and the rule in whose words each stands.
CHANGED = {
    "assessment_wd": (30, "ASM-06"),
    "icpc_wd": (11, "ICP-04"),
    "rcpc_first_months": (2, "CPR-03"),
    "rcpc_next_months": (5, "CPR-03"),
    "lac_review_first_wd": (19, "LRV-06"),
    "lac_review_second_months": (4, "LRV-06"),
    "lac_review_next_months": (7, "LRV-06"),
    "pep_first_age": (8, "PEP-01"),
    "care_leaver_max_age": (23, "CLV-08"),
}


def change_limits(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        for name, (limit, _) in CHANGED.items():
            connection.execute(
                "update reference.parameters set parameter_value = ? where parameter_name = ?",
                [limit, name],
            )
        # holds from the month of the extract on, and not yet for 3.4 of the month before
        connection.execute(
            "insert into reference.parameters values ('assessment_wd', date '2018-04-01', 5)"
        )


def failing(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    return dict(
        connection.execute(
            """
            select rule_id, array_agg(distinct row_key)
            from quality.fct_quality_failures
            group by rule_id
            """
        ).fetchall()
    )


def overdue(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        key
        for (key,) in connection.execute(
            """
            select source_row_key
            from indicators.fct_indicator_cases
            where indicator_ref = '3.4' and month_end = date '2018-03-31' and numerator > 0
            order by source_row_key
            """
        ).fetchall()
    ]


@pytest.mark.slow
def test_conditions_and_messages_follow_the_parameters_in_force(
    build: Builder, tmp_path: Path
) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    write_extract(extract, all_cases())
    as_they_are = build(extract, tmp_path / "as_they_are.duckdb")
    changed = build(extract, tmp_path / "changed.duckdb", prepare=change_limits)

    with duckdb.connect(str(as_they_are), read_only=True) as connection:
        before, overdue_before = failing(connection), overdue(connection)
    with duckdb.connect(str(changed), read_only=True) as connection:
        after, overdue_after = failing(connection), overdue(connection)
        words = dict(
            connection.execute(
                "select rule_id, message || ' ' || todo from quality.dim_quality_rules"
            ).fetchall()
        )
        messages = connection.execute(
            "select rule_id, message from quality.fct_quality_failures"
        ).fetchall()

    assert sorted(before["ASM-06"]) == overdue_before
    assert sorted(after["ASM-06"]) == overdue_after
    assert set(overdue_before) < set(overdue_after)
    assert {rule for _, rule in CHANGED.values() if set(before[rule]) == set(after[rule])} == set()
    for name, (limit, rule) in CHANGED.items():
        assert f"{limit} " in f"{words[rule]} ".replace(".", " ").replace(")", " "), name
        assert any(told == rule and f"{limit}" in message for told, message in messages), name
    assert [text for text in words.values() if "{" in text] == []
