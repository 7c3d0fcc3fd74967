"""Nothing is lost: every row of an extract is used, quarantined or an exact duplicate."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import duckdb
import pytest
from vital_signs.landing.contract import load_contract

from tests.engine.building import Builder
from tests.oracle.fuzz import make_extract

COLUMNS = {table.name: table.columns for table in load_contract()}


def rows_of_files(extract: Path) -> dict[str, tuple[int, int]]:
    """Return by table the rows of its file and how many of them repeat another, by reading it."""
    counts = {}
    for name, columns in COLUMNS.items():
        path = extract / f"{name}.csv"
        if not path.exists():
            counts[name] = (0, 0)
            continue
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = Counter(
                tuple(row.get(column) or None for column in columns)
                for row in csv.DictReader(handle)
            )
        counts[name] = (rows.total(), rows.total() - len(rows))
    return counts


def failures_by_consequence(
    connection: duckdb.DuckDBPyConnection,
) -> dict[str, dict[str, set[int]]]:
    """Return by table the rows that failures say were used, quarantined and dropped."""
    said: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for table, row, consequence in connection.execute(
        """
        select table_name, source_row, consequence
        from quality.fct_quality_failures
        where source_row is not null
        """
    ).fetchall():
        is_used = consequence in ("kept", "field_left_out")
        said[table]["used" if is_used else consequence].add(row)
    return said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "doubtful", "complete"), [(201, True, True), (202, True, False), (203, False, True)]
)
def test_rows_landed_are_rows_used_quarantined_and_repeated(
    seed: int, doubtful: bool, complete: bool, build: Builder, tmp_path: Path
) -> None:
    extract = tmp_path / "extract"
    make_extract(
        extract, seed, size="small", doubtful=doubtful, complete=complete, file_format="csv"
    )
    warehouse = build(extract, tmp_path / "warehouse.duckdb")

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        accounts = connection.execute(
            """
            select table_name, rows_landed, rows_used, rows_quarantined, rows_duplicate
            from quality.row_accounting
            """
        ).fetchall()
        said = failures_by_consequence(connection)
    files = rows_of_files(extract)
    assert len(accounts) == len(files) == len(COLUMNS)
    assert sum(landed for _, landed, *_ in accounts) > 500
    for table, landed, used, set_aside, repeated in accounts:
        assert landed == used + set_aside + repeated, table
        assert (landed, repeated) == files[table], table
        assert set_aside == len(said[table]["quarantined"]), table
        assert repeated == len(said[table]["dropped"]), table
        for one, other in combinations(said[table], 2):
            assert not said[table][one] & said[table][other], (table, one, other)
