"""Where in the extract a case comes from: table, file and row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import duckdb

# The case made from an early help episode that has none (entities).
MADE_CASE = "EPISODE-"
MADE_CASE_TABLE = "ssdx_early_help_cases"
EPISODE_TABLE = "ssd_early_help_episodes"

SourceKey = tuple[str | None, str | None]


class Place(NamedTuple):
    """A row of a file of the extract in force; `row` counts from 1, without the header."""

    table: str
    file: str
    row: int


def find_places(
    connection: duckdb.DuckDBPyConnection, keys: Iterable[SourceKey]
) -> dict[SourceKey, Place]:
    """Return the place of each (source table, id); ids are as given on the cases.

    Staging records which row of a file it kept for an id (G20), so ids with spaces around them,
    ids of several columns and rows without an id are found as well.
    """
    wanted = {
        key: (EPISODE_TABLE, key[1].removeprefix(MADE_CASE))
        if key[0] == MADE_CASE_TABLE and key[1].startswith(MADE_CASE)
        else key
        for key in set(keys)
        if key[0] and key[1]
    }
    tables = sorted({table for table, _ in wanted.values()})
    files = dict(
        connection.execute(
            "select table_name, source_file from staging.stg_landing__extract_tables"
        ).fetchall()
    )
    kept = {
        (table, row_key): Place(table, files.get(table) or table, row)
        for table, row_key, row in connection.execute(
            "select table_name, row_key, min(source_row) from intermediate.int_quality_rows"
            " where list_contains(?, table_name) and list_contains(?, row_key) group by all",
            [tables, sorted({row_key for _, row_key in wanted.values()})],
        ).fetchall()
    }
    return {key: kept[source] for key, source in wanted.items() if source in kept}
