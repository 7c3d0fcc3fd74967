"""What the warehouse records about a measure: its kind, deciding date and cases."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from vital_signs.sql import first_row

NO_DATE = "no date recorded"


@dataclass(frozen=True)
class Measure:
    """One measure: its row of reference.measures and the columns of its population.

    `kind` is `count`, `standard` or `days`. `decided_by` says which date decides a case, and
    `undecided_text` is shown for a case without one. `population` is the table whose rows it judges
    and `date_column` the column with the deciding date; None if the warehouse has no such table.
    """

    name: str
    kind: str
    decided_by: str
    undecided_text: str
    parameters: tuple[str, ...]
    population: str | None
    date_column: str | None


def read_measure(connection: duckdb.DuckDBPyConnection, name: str) -> Measure:
    """Return a measure; without a row of its own it is a plain count."""
    said = first_row(connection, "select * from reference.measures where measure = ?", [name]) or {}
    columns = dict(
        connection.execute(
            "select column_name, table_name from duckdb_columns()"
            " where schema_name = 'intermediate' and column_name in (?, ?)",
            [f"measure_{name}", f"decided_on_{name}"],
        ).fetchall()
    )
    population = columns.get(f"measure_{name}")
    has_own_date = population and columns.get(f"decided_on_{name}") == population
    return Measure(
        name=name,
        kind=said.get("kind") or "count",
        decided_by=said.get("decided_by") or NO_DATE,
        undecided_text=said.get("undecided_text") or NO_DATE,
        parameters=tuple((said.get("parameter_names") or "").split()),
        population=population,
        date_column=population and (f"decided_on_{name}" if has_own_date else "decided_on"),
    )
