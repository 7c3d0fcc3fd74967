"""The order of the rows in a file makes no difference, nor does the run of the build."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from tests import records
from tests.engine.building import Builder
from tests.oracle.fuzz import make_extract

# Where a row stood in its file, and when it landed, are not content; the id and the message of a
# failure name the row.
NOT_CONTENT = {
    "source_row",
    "placement_source_row",
    "order_source_row",
    "loaded_at",
    "landed_at",
    "files_hash",
    "failure_id",
    "message",
}


def shuffle_rows(extract: Path, shuffled: Path, seed: int) -> None:
    order = random.Random(seed)
    records.changed(extract, shuffled, lambda _, rows: order.sample(rows, len(rows)))


def contents(warehouse: Path) -> dict[str, tuple[int, str]]:
    """Return, for each modelled table, its number of rows and a checksum of what they say."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select table_schema, table_name, list(column_name order by column_name)
            from information_schema.columns
            where table_schema not in ('raw', 'reference', 'main')
            group by table_schema, table_name
            """
        ).fetchall()
        return {
            f"{schema}.{table}": connection.execute(
                "select count(*), coalesce(sum(hash("
                + ", ".join(f'"{column}"' for column in columns if column not in NOT_CONTENT)
                + f'))::varchar, \'\') from "{schema}"."{table}"'
            ).fetchone()
            for schema, table, columns in found
        }


@pytest.mark.slow
def test_a_second_build_of_shuffled_rows_gives_identical_tables(
    build: Builder, tmp_path: Path
) -> None:
    extract, shuffled = tmp_path / "extract", tmp_path / "shuffled"
    make_extract(extract, 7, size="small", complete=True, file_format="csv")
    shuffle_rows(extract, shuffled, seed=1)

    first = contents(build(extract, tmp_path / "first.duckdb"))
    second = contents(build(shuffled, tmp_path / "second.duckdb"))

    assert sum(rows for rows, _ in first.values()) > 10_000
    assert second.keys() == first.keys()
    assert {name for name in first if second[name] != first[name]} == set()
