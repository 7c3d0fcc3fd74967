"""What loads despite damage is counted by the rules it breaks, and nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from tests.damaged.landed import add_plain_rows, spoil_with_all
from tests.damaged.spoiled import SpoiledExtract
from tests.engine.building import Builder

Place = tuple[str, str]


def rules_by_row(warehouse: Path) -> dict[Place, set[str]]:
    """Return the rules that each row breaks, and each table as a whole under its own name."""
    rules: dict[Place, set[str]] = defaultdict(set)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for rule, table, key in connection.execute(
            "select rule_id, table_name, row_key from quality.fct_quality_failures"
        ).fetchall():
            rules[table, key].add(rule)
    return rules


def accounts(warehouse: Path) -> dict[str, tuple[int, int]]:
    """Return for each table how many rows landed, and how many of them are accounted for."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        counted = connection.execute(
            """
            select table_name, rows_landed, rows_used + rows_quarantined + rows_duplicate
            from quality.row_accounting
            """
        ).fetchall()
    return {table: (landed, accounted) for table, landed, accounted in counted}


@pytest.mark.slow
def test_damages_become_counted_failures(build: Builder, good: Path, tmp_path: Path) -> None:
    extract = SpoiledExtract(good, tmp_path / "extract")
    plain = add_plain_rows(extract)
    damages = spoil_with_all(extract)
    warehouse = build(extract.folder, tmp_path / "warehouse.duckdb")
    found = rules_by_row(warehouse)

    expected: dict[Place, set[str]] = defaultdict(set)
    for damage in damages:
        for failure in damage.failures:
            assert failure.row_key is not None, damage.name
            expected[failure.table_name, failure.row_key].add(failure.rule_id)
    assert len(expected) > 60
    assert {
        place: (sorted(rules), sorted(found[place]))
        for place, rules in expected.items()
        if not rules <= found[place]
    } == {}

    # What a row without the damage breaks as well, for being nearly empty, is not its doing.
    rows = {row for damage in damages for row in damage.rows}
    of_plain = {table: found[table, key] for table, key in plain.items()}
    assert {
        (table, key): sorted(more)
        for table, key in sorted(rows)
        if (more := found[table, key] - of_plain[table] - expected[table, key])
    } == {}

    landed = {table: len(extract.rows(table)) - 1 for table in plain}
    assert accounts(warehouse) == {table: (count, count) for table, count in landed.items()}
