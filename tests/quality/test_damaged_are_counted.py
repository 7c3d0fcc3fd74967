"""What lands in spite of damage is counted by the rules that it breaks, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.damaged.landed import spoil_with_all
from tests.damaged.spoiled import SpoiledExtract
from tests.engine.conftest import Builder


@pytest.mark.slow
def test_damages_become_counted_failures(build: Builder, good: Path, tmp_path: Path) -> None:
    extract = SpoiledExtract(good, tmp_path / "extract")
    damages = spoil_with_all(extract)
    warehouse = build(extract.folder, tmp_path / "warehouse.duckdb")

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select rule_id, table_name, row_key from quality.fct_quality_failures"
        ).fetchall()
        unbalanced = connection.execute(
            """
            select table_name
            from quality.row_accounting
            where rows_landed <> rows_used + rows_quarantined + rows_duplicate
            """
        ).fetchall()
    of_rows = set(found)
    of_tables = {(rule, table) for rule, table, _ in found}
    missing = [
        (damage.name, failure)
        for damage in damages
        for failure in damage.failures
        if (failure.rule_id, failure.table_name, failure.row_key) not in of_rows
        and not (failure.row_key is None and (failure.rule_id, failure.table_name) in of_tables)
    ]
    assert len(damages) > 60
    assert missing == []
    assert unbalanced == []
