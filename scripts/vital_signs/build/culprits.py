"""What a failed data test found, in its own words, for tests that have a column `problem`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

PROBLEM = "problem"
MOST_ROWS_SHOWN = 5


def culprits(warehouse: Path, results: Iterable[dict[str, Any]]) -> list[str]:
    """Return a line for each of the first rows of each failed test that names its problem.

    `results` are dbt's, with the test's SQL; the line gives what the row is about, and the problem.
    Other tests may find rows with children's ids, which must not be in a log. A warehouse that
    cannot be read adds nothing.
    """
    lines: list[str] = []
    failed = [item for item in results if item["status"] == "fail" and item.get("compiled_code")]
    if not failed:
        return lines
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            for result in failed:
                lines += _named_rows(connection, result["compiled_code"])
    except duckdb.Error:
        return lines
    return lines


def _named_rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    if PROBLEM not in names:
        return []
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    lines = []
    for row in sorted(rows, key=str)[:MOST_ROWS_SHOWN]:
        about = " ".join(
            str(value) for name, value in row.items() if name != PROBLEM and value is not None
        )
        lines.append(f"{about}: {row[PROBLEM]}")
    if len(rows) > MOST_ROWS_SHOWN:
        lines.append(f"and {len(rows) - MOST_ROWS_SHOWN} more rows like these")
    return lines
