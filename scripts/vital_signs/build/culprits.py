"""What a failed data test found, in its own words where it has a column `problem`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from vital_signs.errors import one_line, shortened
from vital_signs.sharing.analyst import LEFT_OUT, MADE_HERE, is_id

PROBLEM = "problem"
COUNT = "rows_with_key"
MOST_ROWS_SHOWN = 5


def culprits(warehouse: Path, results: Iterable[dict[str, Any]]) -> list[str]:
    """Return a line for each of the first rows of each failed test.

    `results` are dbt's, with the test's SQL. The line gives what the row is about and the problem,
    or the row itself without ids, which may be children's and must not be in a log: a row that has
    nothing else adds nothing, and neither does a warehouse that cannot be read.
    """
    lines: list[str] = []
    failed = [item for item in results if item["status"] == "fail" and item.get("compiled_code")]
    if not failed:
        return lines
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            for result in failed:
                lines += _rows_found(connection, result["compiled_code"])
    except duckdb.Error:
        return lines
    return lines


def _rows_found(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    lines = [line for row in sorted(rows, key=str)[:MOST_ROWS_SHOWN] if (line := _told(row))]
    if lines and len(rows) > MOST_ROWS_SHOWN:
        lines.append(f"and {len(rows) - MOST_ROWS_SHOWN} more rows like these")
    return lines


def _told(row: dict[str, Any]) -> str:
    known = {name: value for name, value in row.items() if value is not None}
    if PROBLEM in row:
        about = " ".join(str(value) for name, value in known.items() if name != PROBLEM)
        return f"{about}: {row[PROBLEM]}"
    # With an id in it the row may be about a child: only what this project made is shown of it.
    hidden = set(known) - {*MADE_HERE, "month_end", COUNT} if any(map(is_id, row)) else LEFT_OUT
    shown = {name: value for name, value in known.items() if name not in hidden}
    if not set(shown) - {COUNT}:
        return ""
    return one_line(", ".join(f"{name} {shortened(str(value))}" for name, value in shown.items()))
