"""What a warehouse contains, in a form that can be compared."""

from __future__ import annotations

from pathlib import Path

import duckdb

# When something was landed is not what was landed.
CLOCKS = ["_loaded_at", "loaded_at"]
Content = dict[str, tuple[int, int]]


def content(warehouse: Path) -> Content:
    """Return the number of rows of every table of every schema and a checksum of its rows.

    Opens the file read-only; a file that is not there has no tables. Load times are left out.
    """
    if not warehouse.exists():
        return {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        columns: dict[str, list[str]] = {}
        for schema, table, column in connection.execute(
            "select table_schema, table_name, column_name from information_schema.columns"
            " where table_catalog = current_catalog() and column_name not in ? order by all",
            [CLOCKS],
        ).fetchall():
            columns.setdefault(f'"{schema}"."{table}"', []).append(f'"{column}"')
        found = {}
        for table, names in columns.items():
            found[table] = connection.execute(
                f"select count(*), coalesce(sum(hash({', '.join(names)})), 0) from {table}"
            ).fetchone()
        return found


def files_beside(warehouse: Path) -> list[str]:
    """Return the names of everything in the warehouse's folder."""
    return sorted(path.name for path in warehouse.parent.iterdir())
