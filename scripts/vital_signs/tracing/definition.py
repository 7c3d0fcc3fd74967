"""What an indicator is: its definition, its version, its limits and the parameters of a month."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from vital_signs.errors import UserError
from vital_signs.sql import Row, first_row, rows
from vital_signs.tracing.measures import Measure, read_measure

VERSION_LENGTH = 12


@dataclass(frozen=True)
class Definition:
    """One indicator of the catalogue.

    `catalogue` is its row of reference.indicators, `words` that of published.indicators (name,
    definition, formula, footnote); `measures` are what it counts and, for a ratio of two counts,
    what it divides by; `version` is a hash of everything that defines it as data.
    """

    catalogue: Row
    words: Row
    raw_tables: tuple[str, ...]
    measures: tuple[Measure, ...]
    version: str

    @property
    def reference(self) -> str:
        """Return the indicator's number."""
        return self.catalogue["indicator_ref"]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters that its measures use."""
        return tuple(
            dict.fromkeys(name for measure in self.measures for name in measure.parameters)
        )

    @property
    def is_county_only(self) -> bool:
        """Return whether it is reported for the county only."""
        return self.catalogue["lowest_area"] == "county"


def read_definition(connection: duckdb.DuckDBPyConnection, reference: str) -> Definition:
    """Return an indicator's definition. Raises UserError for a ref not in the register."""
    catalogue = first_row(
        connection,
        "select * from reference.indicators where indicator_ref = ? and status = 'live'",
        [reference],
    )
    if not catalogue:
        raise UserError(
            f"there is no indicator {reference!r}", "give a ref from the register, such as 6.14"
        )
    words = first_row(
        connection, "select * from published.indicators where indicator_ref = ?", [reference]
    )
    tables = [
        row["raw_table"]
        for row in rows(
            connection,
            "select raw_table from reference.indicator_raw_tables where indicator_ref = ?"
            " order by raw_table",
            [reference],
        )
    ]
    named = (catalogue["measure"], catalogue["denominator_measure"])
    measures = tuple(read_measure(connection, name) for name in named if name)
    found = Definition(catalogue, words or {}, tuple(tables), measures, "")
    return replace(found, version=_version(connection, found))


def _version(connection: duckdb.DuckDBPyConnection, definition: Definition) -> str:
    """Return a hash that changes when a line of the seeds that define the indicator changes."""
    reference = definition.reference
    parts: list[Any] = [definition.catalogue]
    for table in ("indicator_texts", "indicator_raw_tables", "indicator_tolerances"):
        parts.append(
            rows(
                connection,
                f"select * from reference.{table} where indicator_ref = ? order by all",
                [reference],
            )
        )
    parts.append(
        rows(
            connection,
            "select * from reference.parameters where list_contains(?, parameter_name)"
            " order by all",
            [list(definition.parameters)],
        )
    )
    if definition.catalogue["denominator_stat"] == "population":
        parts.append(rows(connection, "select * from reference.population order by all"))
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_LENGTH]


def parameters_in_force(
    connection: duckdb.DuckDBPyConnection, definition: Definition, month: date
) -> list[Row]:
    """Return name, value and first day of each parameter in force in a month."""
    return rows(
        connection,
        """
        select parameter_name, parameter_value, valid_from
        from reference.parameters
        where list_contains(?, parameter_name) and valid_from <= ?
        qualify row_number() over (partition by parameter_name order by valid_from desc) = 1
        order by parameter_name
        """,
        [list(definition.parameters), month],
    )
