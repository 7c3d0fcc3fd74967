"""The tables that a ledger is loaded into: schema `ledger` of the warehouse.

Landing creates them, so that a warehouse without a ledger builds with empty ones; `load_ledger`
fills them before dbt runs. They contain nothing that is not in the ledger or the project:
deleting the warehouse loses nothing that was published.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from vital_signs.ledger.chain import CASES_FILE, VALUES_FILE, Ledger
from vital_signs.ledger.code import Code, read_code
from vital_signs.sql import literal
from vital_signs.warehouse import transaction

# One row per indicator, area and published month: what was published, to full precision.
VALUES = {
    "indicator_ref": "VARCHAR",
    "area_code": "VARCHAR",
    "indicator_name": "VARCHAR",
    "polarity": "VARCHAR",
    "unit": "VARCHAR",
    "decimal_places": "INTEGER",
    "numerator_stat": "VARCHAR",
    "denominator_stat": "VARCHAR",
    "definition_hash": "VARCHAR",
    "value": "DOUBLE",
    "numerator": "DOUBLE",
    "denominator": "DOUBLE",
    "ytd_value": "DOUBLE",
    "ytd_numerator": "DOUBLE",
    "ytd_denominator": "DOUBLE",
    "previous_ytd_value": "DOUBLE",
    "target_text": "VARCHAR",
    "target_value": "DOUBLE",
    "red_limit": "DOUBLE",
    "green_limit": "DOUBLE",
    "rag_status": "VARCHAR",
    "direction_of_travel": "VARCHAR",
    "raw_direction": "VARCHAR",
    "availability": "VARCHAR",
    "value_text": "VARCHAR",
    "ytd_text": "VARCHAR",
    "previous_ytd_text": "VARCHAR",
    "public_value_text": "VARCHAR",
    "public_ytd_text": "VARCHAR",
    "public_previous_ytd_text": "VARCHAR",
    "is_suppressed_in_public": "BOOLEAN",
}
# One row per indicator, period (month or year_to_date), case, month in which it counts, and
# locality: ids but no names.
CASES = {
    "indicator_ref": "VARCHAR",
    "period": "VARCHAR",
    "area_code": "VARCHAR",
    "case_id": "VARCHAR",
    "case_month_end": "DATE",
    "person_id": "VARCHAR",
    "team_id": "VARCHAR",
    "worker_id": "VARCHAR",
    "source_table": "VARCHAR",
    "source_row_key": "VARCHAR",
    "numerator": "DOUBLE",
    "denominator": "DOUBLE",
}
VERSION = {"month_end": "DATE", "version": "INTEGER"}
TABLES = {
    "versions": VERSION
    | {
        "sequence": "INTEGER",
        "published_at": "TIMESTAMP",
        "published_by": "VARCHAR",
        "reason": "VARCHAR",
        "extract_id": "VARCHAR",
        "source_system": "VARCHAR",
        "as_at": "TIMESTAMP",
        "files_hash": "VARCHAR",
        "code_version": "VARCHAR",
        "reference_hash": "VARCHAR",
        "entry_hash": "VARCHAR",
    },
    "frozen_values": VERSION | VALUES,
    "frozen_cases": VERSION | CASES,
    "definitions": {
        "indicator_ref": "VARCHAR",
        "definition_hash": "VARCHAR",
        "reference_hash": "VARCHAR",
        "project_hash": "VARCHAR",
        "code_version": "VARCHAR",
    },
}


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that do not exist yet."""
    connection.execute("create schema if not exists ledger")
    for table, columns in TABLES.items():
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"create table if not exists ledger.{table} ({listed})")


def load_ledger(warehouse: Path, ledger: Ledger) -> int:
    """Fill the tables from a ledger and the project's code, and return the number of versions.

    Raises UserError when the ledger has been changed: nothing is built on a changed publication.
    """
    with ledger.locked():
        entries = ledger.sound_entries()
        code = read_code()
        with transaction(warehouse) as connection:
            # Rebuilt, so that a later version of the project may add or drop columns.
            for table in TABLES:
                connection.execute(f"drop table if exists ledger.{table}")
            create_tables(connection)
            _insert(connection, "definitions", code_rows(code))
            _insert(connection, "versions", [_version_row(entry) for entry in entries])
            for entry in entries:
                folder = ledger.folder / entry["folder"]
                _load_file(connection, entry, "frozen_values", values_relation(folder))
                _load_file(connection, entry, "frozen_cases", cases_relation(folder))
    return len(entries)


def values_relation(folder: Path) -> str:
    """Return the SQL that reads the values of one version, with their types."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in VALUES.items())
    return (
        f"read_csv({literal(str(folder / VALUES_FILE))}, header = true, columns = {{{columns}}},"
        " nullstr = '', allow_quoted_nulls = false, auto_detect = false, delim = ',',"
        " quote = '\"', escape = '\"')"
    )


def cases_relation(folder: Path) -> str:
    """Return the SQL that reads the cases of one version."""
    return f"read_parquet({literal(str(folder / CASES_FILE))})"


def code_rows(code: Code) -> list[list[object]]:
    """Return one row per indicator for the table `definitions`."""
    return [
        [reference, definition, code.reference_hash, code.project_hash, code.version]
        for reference, definition in sorted(code.definitions.items())
    ]


def _version_row(entry: dict[str, object]) -> list[object]:
    extract = entry["extract"]
    return [
        entry["month_end"],
        entry["version"],
        entry["sequence"],
        entry["published_at"],
        entry["published_by"],
        entry["reason"],
        extract["extract_id"],
        extract["source_system"],
        extract["as_at"],
        extract["files_hash"],
        entry["code_version"],
        entry["reference_hash"],
        entry["entry_hash"],
    ]


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[object]]) -> None:
    if rows:
        marks = ", ".join(f"({', '.join('?' * len(row))})" for row in rows)
        values = [value for row in rows for value in row]
        connection.execute(f"insert into ledger.{table} values {marks}", values)


def _load_file(
    connection: duckdb.DuckDBPyConnection, entry: dict[str, object], table: str, relation: str
) -> None:
    connection.execute(
        f"insert into ledger.{table} by name"
        f" select cast(? as date) as month_end, cast(? as integer) as version, * from {relation}",
        [entry["month_end"], entry["version"]],
    )
