"""Texts as SQL, and query results as dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

Row = dict[str, Any]


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def rows(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    values: Sequence[Any] | Mapping[str, Any] = (),
) -> list[Row]:
    """Return the rows of a query, each as a dictionary by column name."""
    found = connection.execute(query, values)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def first_row(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()
) -> Row | None:
    """Return the first row of a query, or None."""
    return next(iter(rows(connection, query, values)), None)
