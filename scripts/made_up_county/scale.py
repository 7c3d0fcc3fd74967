"""Write many counties' worth of cases as Parquet, for trying out volumes.

The first county is the base county itself. Every other one is a copy with ids of its own that is
otherwise the same, so that every count and every failing row grows as the county does: dates moved
by some days would fall on weekends and miss their due dates. All columns are text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from vital_signs.errors import UserError

from made_up_county.contract import ID_COLUMNS, ONCE_ONLY_COLUMNS, TABLES
from made_up_county.world import World

MOST_COPIES = 999
MEMORY = "3GB"


def _as_text(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pa.Table:
    """The rows of a table as an Arrow table of text; an empty value is null."""
    data = {}
    for column in columns:
        values = (row.get(column) for row in rows)
        data[column] = pa.array(
            [None if value is None else str(value) for value in values], pa.string()
        )
    return pa.table(data)


def _expression(column: str) -> str:
    """What a column of a copy holds; `copy` is the number of the copy, from 0."""
    if column in ID_COLUMNS:
        return f"case copy when 0 then {column} else copy_prefix || {column} end as {column}"
    if column in ONCE_ONLY_COLUMNS:
        return f"case copy when 0 then {column} end as {column}"
    return column


def write_scaled(
    world: World, out: Path, copies: int, report: Callable[[str], None] = lambda _: None
) -> dict[str, int]:
    """Write one Parquet file for each table, with the rows of so many counties.

    Args:
        world: the base county, already cut to the extract.
        copies: how many counties, 2 to 999.

    Returns:
        The rows of each table.

    Raises:
        UserError: too many copies, or the folder cannot be written.
    """
    if copies > MOST_COPIES:
        raise UserError(f"--scale {copies} is too large", f"give at most {MOST_COPIES}")
    counts = {}
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set enable_progress_bar = false")
        for table, columns in TABLES.items():
            report(table)
            base = _as_text(world.rows[table], columns)
            connection.register("base", base)
            selected = ", ".join(_expression(column) for column in columns)
            target = str(out / f"{table}.parquet").replace("'", "''")
            try:
                connection.execute(
                    f"""
                    copy (
                        select {selected}
                        from base
                        cross join (
                            select
                                range as copy,
                                -- letters and digits only, as in an id (PER-03)
                                printf('X%03d', range) as copy_prefix,
                            from range({copies})
                        ) as copies
                    ) to '{target}' (format parquet)
                    """
                )
            except duckdb.IOException as error:
                raise UserError(
                    f"cannot write {target}: {error}", "check the disk space and the folder"
                ) from error
            connection.unregister("base")
            counts[table] = base.num_rows * copies
    return counts
